#include "fix/codec/data_guard.hpp"

#include <cstdint>

#include "fix/codec/tables.hpp"
#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

constexpr char kSoh = '\x01';

/// Reads a tag as QuickFIX does: zeros in front and a minus are taken and overflow wraps, so that
/// "4294967651" is EncodedText(355) too. 0 when it is no number; QuickFIX stops there.
std::uint32_t wrapped_tag(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    if (text.empty()) return 0;
    std::uint32_t tag = 0;
    for (const char c : text) {
        const auto digit = static_cast<unsigned>(c - '0');
        if (digit > 9) return 0;
        tag = tag * 10 + digit;
    }
    return negative ? 0U - tag : tag;
}

}  // namespace

bool data_lengths_are_sound(std::string_view frame) {
    std::uint32_t last_tag = 0;
    std::string_view last_value;
    while (!frame.empty()) {
        const std::size_t equals = frame.find('=');
        if (equals == std::string_view::npos) return true;
        const std::uint32_t tag = wrapped_tag(frame.substr(0, equals));
        if (tag == 0) return true;
        const std::string_view rest = frame.substr(equals + 1);
        std::size_t size = rest.find(kSoh);
        if (size == std::string_view::npos) return true;
        if (const std::uint32_t length_tag = length_tag_of(tag); length_tag != 0) {
            const auto announced = parse_number(last_value);
            if (last_tag != length_tag || !announced || *announced >= rest.size() || rest[*announced] != kSoh)
                return false;
            size = *announced;
        }
        last_tag = tag;
        last_value = rest.substr(0, size);
        frame = rest.substr(size + 1);
    }
    return true;
}

}  // namespace penstock::fix
