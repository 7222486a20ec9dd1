#include "fix/codec/frame.hpp"

namespace penstock::fix {
namespace {

constexpr std::string_view kStart = "8=";
constexpr std::string_view kLength =
    "\x01"
    "9=";
constexpr std::string_view kCheckSum =
    "\x01"
    "10=";
constexpr char kSoh = '\x01';

enum class LengthText : std::uint8_t { Good, Bad, TooLarge };

/// Reads BodyLength(9) as QuickFIX reads an integer: a minus and leading zeros are taken, so "-0" is
/// zero and every other negative number is an error.
LengthText read_length(std::string_view text, std::size_t limit, std::size_t& length) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    if (text.empty()) return LengthText::Bad;
    bool too_large = false;
    length = 0;
    for (const char c : text) {
        const auto digit = static_cast<unsigned>(c - '0');
        if (digit > 9) return LengthText::Bad;
        if (!too_large) length = length * 10 + digit;
        too_large = too_large || length > limit;
    }
    if (negative && length != 0) return LengthText::Bad;
    return too_large ? LengthText::TooLarge : LengthText::Good;
}

FrameScan need_more(std::size_t skip, std::size_t kept, std::size_t max_bytes) {
    if (kept > max_bytes) return {FrameScan::Kind::TooLarge, 0, 0};
    return {FrameScan::Kind::NeedMore, skip, 0};
}

}  // namespace

FrameScan scan_frame(std::string_view bytes, std::size_t max_bytes) {
    const std::size_t start = bytes.find(kStart);
    if (start == std::string_view::npos) {
        // The last byte may be the "8" of a message that has not arrived yet.
        const std::size_t kept = !bytes.empty() && bytes.back() == kStart.front() ? 1 : 0;
        return {FrameScan::Kind::NeedMore, bytes.size() - kept, 0};
    }
    const std::string_view message = bytes.substr(start);

    const std::size_t length_tag = message.find(kLength);
    if (length_tag == std::string_view::npos) return need_more(start, message.size(), max_bytes);
    const std::size_t length_at = length_tag + kLength.size();
    const std::size_t length_end = message.find(kSoh, length_at);
    if (length_end == std::string_view::npos) return need_more(start, message.size(), max_bytes);

    std::size_t length = 0;
    switch (read_length(message.substr(length_at, length_end - length_at), max_bytes, length)) {
        case LengthText::Good: break;
        // Nothing tells where the next message starts, so everything received is given up.
        case LengthText::Bad: return {FrameScan::Kind::Discard, bytes.size(), 0};
        case LengthText::TooLarge: return {FrameScan::Kind::TooLarge, 0, 0};
    }

    const std::size_t body_end = length_end + length;
    if (body_end >= max_bytes) return {FrameScan::Kind::TooLarge, 0, 0};
    if (message.size() <= body_end) return need_more(start, message.size(), max_bytes);
    const std::size_t check_sum = message.find(kCheckSum, body_end);
    if (check_sum == std::string_view::npos) return need_more(start, message.size(), max_bytes);
    const std::size_t end = message.find(kSoh, check_sum + kCheckSum.size());
    if (end == std::string_view::npos) return need_more(start, message.size(), max_bytes);
    if (end >= max_bytes) return {FrameScan::Kind::TooLarge, 0, 0};
    return {FrameScan::Kind::Frame, start, end + 1};
}

}  // namespace penstock::fix
