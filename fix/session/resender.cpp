#include "fix/session/resender.hpp"

#include <algorithm>

#include "fix/codec/tags.hpp"
#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

constexpr std::size_t kHeaderBytes = 1024;  // more than any header of ours
constexpr std::size_t kCheckSumBytes = 7;
constexpr std::size_t kFirstFields = 3;  // 8, 9, 35

bool is_header(std::uint32_t tag) {
    return tag == tag::kMsgSeqNum || tag == tag::kPossDupFlag || tag == tag::kSenderCompId ||
           tag == tag::kSendingTime || tag == tag::kTargetCompId || tag == tag::kOrigSendingTime;
}

bool is_session_message(std::string_view msg_type) {
    return msg_type.size() == 1 && std::string_view("0A12345").find(msg_type) != std::string_view::npos;
}

/// Everything between the header we write and CheckSum(10).
std::string_view body_of(const MessageIndex& message) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < message.fields().size(); ++i) {
        const FieldRef& field = message.fields()[i];
        if (i >= kFirstFields && !is_header(field.tag)) break;
        begin = field.offset + field.length + 1;
    }
    const std::string_view frame = message.frame();
    return frame.substr(begin, frame.size() - kCheckSumBytes - begin);
}

}  // namespace

Header header_of(const SessionSettings& settings, std::uint32_t number, Timestamp time) {
    return {settings.version,
            settings.sender_comp_id,
            settings.target_comp_id,
            number,
            time,
            settings.timestamp_precision,
            std::nullopt,
            false};
}

void Resender::fetch(std::uint32_t begin, std::uint32_t end, Timestamp now, std::vector<std::string>& out) {
    for (std::uint32_t number = begin; number <= end; ++number) {
        // Any session message stands for "not to be repeated": the rules fill the gap.
        if (!sent_->fetch(number, message_))
            write_message(header_of(settings_, number, now), "0", "",
                          [&](std::string_view message) { message_ = message; });
        out.push_back(message_);
    }
}

void Resender::add(std::uint32_t begin, std::uint32_t end) {
    for (Range& range : ranges_) {
        if (begin > range.end + 1 || end + 1 < range.begin) continue;
        range.end = std::max(range.end, end);
        if (begin >= range.begin) return;
        range.begin = begin;
        if (&range == &ranges_.front()) next_ = begin;
        return;
    }
    if (ranges_.size() == kMaxRanges) {
        ranges_.back() = {std::min(ranges_.back().begin, begin), std::max(ranges_.back().end, end)};
        return;
    }
    ranges_.push_back({begin, end});
    if (ranges_.size() == 1) next_ = begin;
}

void Resender::stop() { ranges_.clear(); }

void Resender::next_slice(Timestamp now, const MayResend& may_resend, const Write& write) {
    if (ranges_.empty()) return;
    Range& range = ranges_.front();
    for (std::uint32_t looked = 0; looked < kSlice && next_ <= range.end; ++looked) {
        const std::uint32_t number = next_++;
        if (write_again(number, now, may_resend, write)) range.begin = next_;
    }
    if (next_ <= range.end) return;
    fill_gap(next_, now, write);
    ranges_.erase(ranges_.begin());
    if (!ranges_.empty()) next_ = ranges_.front().begin;
}

/// False: a gap fill stands for it.
bool Resender::write_again(std::uint32_t number, Timestamp now, const MayResend& may_resend,
                           const Write& write) {
    if (!sent_->fetch(number, message_) || !index_.parse(message_)) return false;
    if (is_session_message(index_.msg_type()) || !may_resend(index_.msg_type())) return false;
    fill_gap(number, now, write);
    Header header = header_of(settings_, number, now);
    header.poss_dup = true;
    header.orig_sending_time = parse_timestamp(index_.find(tag::kSendingTime).value_or(""));
    write_message(header, index_.msg_type(), body_of(index_), write);
    return true;
}

void Resender::fill_gap(std::uint32_t up_to, Timestamp now, const Write& write) {
    const std::uint32_t begin = ranges_.front().begin;
    if (begin == up_to) return;
    Header header = header_of(settings_, begin, now);
    header.poss_dup = true;
    header.orig_sending_time = now;
    const std::string body =
        "36=" + std::to_string(up_to) +
        "\x01"
        "123=Y\x01";
    write_message(header, "4", body, write);
}

void Resender::write_message(const Header& header, std::string_view msg_type, std::string_view body,
                             const Write& write) {
    out_.resize(body.size() + kHeaderBytes);
    const std::size_t size = fix::write_message(header, msg_type, body, out_.data(), out_.size());
    write(std::string_view(out_).substr(0, size));
}

}  // namespace penstock::fix
