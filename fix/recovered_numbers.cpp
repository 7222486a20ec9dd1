#include "fix/recovered_numbers.hpp"

#include <algorithm>
#include <string>

namespace penstock::fix {
namespace {

/// Of the bytes below. Raise it when they mean something else.
constexpr std::uint64_t kVersion = 1;

/// Numbers as groups of seven bits, lowest first; the last one without its top bit.
class NumberWriter {
  public:
    explicit NumberWriter(oms::ByteSink& out) : out_(out) {}
    ~NumberWriter() { out_.write(bytes_); }
    NumberWriter(const NumberWriter&) = delete;
    NumberWriter& operator=(const NumberWriter&) = delete;

    void put(std::uint64_t number) {
        for (; number >= 0x80; number >>= 7U) bytes_ += static_cast<char>(number | 0x80);
        bytes_ += static_cast<char>(number);
        if (bytes_.size() < kPiece) return;
        out_.write(bytes_);
        bytes_.clear();
    }

  private:
    static constexpr std::size_t kPiece = 4096;
    oms::ByteSink& out_;
    std::string bytes_;
};

class NumberReader {
  public:
    explicit NumberReader(std::string_view bytes) : rest_(bytes) {}

    /// Zero when there is none; then the reader is not right.
    std::uint64_t take() {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<std::uint8_t>(rest_.front());
            rest_.remove_prefix(1);
            number |= std::uint64_t{byte & 0x7FU} << shift;
            if (byte < 0x80) return number;
        }
        is_right_ = false;
        return 0;
    }
    bool is_right() const { return is_right_; }
    std::size_t left() const { return rest_.size(); }

  private:
    std::string_view rest_;
    bool is_right_ = true;
};

/// A record that stands between a reset and the record that tells of it has sent under the new numbers
/// already.
void forget_before_reset(RecoveredNumbers::Numbers& numbers) {
    auto& sent = numbers.sent;
    const auto went_back = std::adjacent_find(
        sent.begin(), sent.end(), [](const auto& one, const auto& next) { return next.first <= one.first; });
    sent.erase(sent.begin(), went_back == sent.end() ? sent.end() : went_back + 1);
    numbers.next_in = 1;
    numbers.next_out = 1;
}

bool load(NumberReader& in, RecoveredNumbers::Numbers& numbers) {
    numbers.next_in = static_cast<std::uint32_t>(in.take());
    numbers.next_out = static_cast<std::uint32_t>(in.take());
    numbers.moved_at.ns = static_cast<std::int64_t>(in.take());
    const std::uint64_t count = in.take();
    if (count > in.left()) return false;
    numbers.sent.reserve(count);
    std::uint64_t number = 0;
    std::uint64_t record = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        // Differences modulo 2^64: one that goes down is a large step up.
        number += in.take();
        record += in.take();
        numbers.sent.emplace_back(static_cast<std::uint32_t>(number), Seq{record});
    }
    return in.is_right();
}

}  // namespace

void RecoveredNumbers::learn(const oms::Input& input, std::span<const oms::WireNumber> wire_numbers) {
    if (const auto* advanced = std::get_if<oms::SessionAdvanced>(&input.body)) {
        Numbers& numbers = sessions_[advanced->session];
        if (advanced->reset) forget_before_reset(numbers);
        // Nothing else takes a number back.
        numbers.next_in = std::max(numbers.next_in, advanced->next_in);
        numbers.next_out = std::max(numbers.next_out, advanced->next_out);
        numbers.moved_at = input.time;
    }
    if (!input.origin.session.is_none()) {
        Numbers& numbers = sessions_[input.origin.session];
        // A late repetition of an old message never moves the number back.
        numbers.next_in = std::max(numbers.next_in, input.origin.msg_seq_num + 1);
        numbers.moved_at = input.time;
    }
    for (const oms::WireNumber& wire : wire_numbers) {
        Numbers& numbers = sessions_[wire.session];
        numbers.next_out = wire.msg_seq_num + 1;
        numbers.moved_at = input.time;
        numbers.sent.emplace_back(wire.msg_seq_num, input.seq);
    }
}

void RecoveredNumbers::save(oms::ByteSink& sink) const {
    NumberWriter out(sink);
    out.put(kVersion);
    out.put(sessions_.size());
    for (const auto& [session, numbers] : sessions_) {
        out.put(session.value);
        out.put(numbers.next_in);
        out.put(numbers.next_out);
        out.put(static_cast<std::uint64_t>(numbers.moved_at.ns));
        out.put(numbers.sent.size());
        std::uint64_t number = 0;
        std::uint64_t record = 0;
        for (const auto& [sent, seq] : numbers.sent) {
            out.put(sent - number);
            out.put(seq.value - record);
            number = sent;
            record = seq.value;
        }
    }
}

bool RecoveredNumbers::load(std::string_view bytes) {
    forget();
    NumberReader in(bytes);
    bool is_right = in.take() == kVersion;
    const std::uint64_t sessions = in.take();
    for (std::uint64_t i = 0; is_right && i < sessions; ++i) {
        const SessionId session{static_cast<std::uint32_t>(in.take())};
        is_right = fix::load(in, sessions_[session]) && in.is_right();
    }
    if (is_right && in.is_right() && in.left() == 0) return true;
    forget();
    return false;
}

}  // namespace penstock::fix
