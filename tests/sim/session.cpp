#include "tests/sim/session.hpp"

#include "fix/codec/frame.hpp"
#include "fix/codec/message_writer.hpp"
#include "tests/sim/fix_text.hpp"
#include "tests/sim/violation.hpp"

namespace penstock::sim {
namespace {

constexpr std::size_t kLongestFrame = std::size_t{64} << 10U;
constexpr std::size_t kHeader = 512;

bool is_session_type(std::string_view type) {
    return type.size() == 1 && std::string_view("0A12345").find(type) != std::string_view::npos;
}

}  // namespace

Session::Session(const fix::SessionSettings& settings, std::unique_ptr<fix::SentMessages> sent)
    : settings_(settings), resender_(settings_, std::move(sent)) {}

void Session::set_numbers(std::uint32_t next_in, std::uint32_t next_out) {
    next_in_ = next_in;
    next_out_ = next_out;
}

void Session::opened() {
    ++connection_;
    received_.clear();
    gap_asked_at_ = 0;
    if (settings_.is_initiator)
        send_session_message(
            "A", settings_.version == fix::Version::Fix50Sp2
                     ? "98=0\x01"
                       "108=30\x01"
                       "1137=9\x01"
                     : "98=0\x01"
                       "108=30\x01");
}

void Session::closed() {
    received_.clear();
    resender_.stop();
    if (!is_logged_on_) return;
    is_logged_on_ = false;
    state_changed(false);
}

void Session::on_bytes(std::string_view bytes) {
    received_ += bytes;
    while (true) {
        const fix::FrameScan scan = fix::scan_frame(received_, kLongestFrame);
        require(scan.kind != fix::FrameScan::Kind::Discard && scan.kind != fix::FrameScan::Kind::TooLarge,
                Invariant::EachMessageOnce, "bytes on a connection are no messages");
        received_.erase(0, scan.skip);
        if (scan.kind != fix::FrameScan::Kind::Frame) return;
        const std::string frame = received_.substr(0, scan.size);
        received_.erase(0, scan.size);
        on_frame(frame);
    }
}

void Session::on_frame(std::string_view frame) {
    if (!index_.parse(frame)) violated(Invariant::EachMessageOnce, "no message: " + readable(frame));
    const Reader reader(index_);
    const auto number = static_cast<std::uint32_t>(reader.whole(34));
    const std::string type(index_.msg_type());
    if (reader.text(49) != settings_.target_comp_id || reader.text(56) != settings_.sender_comp_id)
        violated(Invariant::EachMessageOnce, "a message for another session: " + readable(frame));
    if (type == "A") return on_logon(number);
    if (!is_logged_on_) return;
    // Answered even when it is ahead of its turn: both ends may be missing something.
    if (type == "2") answer_resend_request();
    if (number > next_in_) return ask_for_gap();
    if (number < next_in_) {
        if (reader.code(43) != 'Y')
            violated(Invariant::EachMessageOnce, "a MsgSeqNum was used twice, expected " +
                                                     std::to_string(next_in_) + ": " + readable(frame));
        return;
    }
    next_in_ = type == "4" ? static_cast<std::uint32_t>(reader.whole(36)) : number + 1;
    if (is_session_type(type))
        numbers_moved();
    else
        deliver(index_, number);
}

void Session::on_logon(std::uint32_t number) {
    if (number < next_in_)
        violated(Invariant::EachMessageOnce,
                 "a logon with a number that was used: " + std::to_string(number) + ", expected " +
                     std::to_string(next_in_));
    const bool has_gap = number > next_in_;
    if (!has_gap) ++next_in_;
    if (!settings_.is_initiator)
        send_session_message(
            "A", settings_.version == fix::Version::Fix50Sp2
                     ? "98=0\x01"
                       "108=30\x01"
                       "1137=9\x01"
                     : "98=0\x01"
                       "108=30\x01");
    else if (!has_gap)
        numbers_moved();
    is_logged_on_ = true;
    if (has_gap) ask_for_gap();
    state_changed(true);
}

void Session::answer_resend_request() {
    const Reader reader(index_);
    const auto begin = static_cast<std::uint32_t>(reader.whole(7));
    auto end = static_cast<std::uint32_t>(reader.whole(16));
    if (end == 0 || end >= next_out_) end = next_out_ - 1;
    if (begin > end) return;
    resender_.add(begin, end);
    while (resender_.is_under_way())
        resender_.next_slice(
            time(), [this](std::string_view type) { return may_resend(type); },
            [this](std::string_view message) { write(message, {}); });
}

void Session::repeat(std::uint32_t number) {
    if (!is_logged_on_ || number >= next_out_) return;
    resender_.add(number, number);
    resender_.next_slice(
        time(), [this](std::string_view type) { return may_resend(type); },
        [this](std::string_view message) { write(message, {}); });
}

void Session::ask_for_gap() {
    if (gap_asked_at_ == next_in_) return;
    gap_asked_at_ = next_in_;
    send_session_message("2", "7=" + std::to_string(next_in_) +
                                  "\x01"
                                  "16=0\x01");
}

void Session::send_session_message(std::string_view msg_type, std::string_view body) {
    const std::uint32_t number = next_out_++;
    write_numbered(msg_type, body, number, numbers_moved());
}

std::uint32_t Session::send(std::string_view msg_type, std::string_view body, Seq record) {
    const std::uint32_t number = next_out_++;
    const fix::Header header = fix::header_of(settings_, number, time());
    out_.resize(body.size() + kHeader);
    out_.resize(fix::write_message(header, msg_type, body, out_.data(), out_.size()));
    resender_.sent().keep(number, record, out_);
    if (is_logged_on_) write(out_, record);
    return number;
}

void Session::write_numbered(std::string_view msg_type, std::string_view body, std::uint32_t number,
                             Seq record) {
    const fix::Header header = fix::header_of(settings_, number, time());
    std::string message(body.size() + kHeader, '\0');
    message.resize(fix::write_message(header, msg_type, body, message.data(), message.size()));
    write(message, record);
}

}  // namespace penstock::sim
