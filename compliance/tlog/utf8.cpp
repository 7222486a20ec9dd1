#include "compliance/tlog/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace penstock::compliance {
namespace {

constexpr char32_t kBad = 0xFFFFFFFF;
constexpr char32_t kSpaces[] = {0x0085, 0x00A0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};

bool is_space(char32_t code) {
    return (code >= 0x09 && code <= 0x0D) || code == 0x20 || (code >= 0x2000 && code <= 0x200A) ||
           std::find(std::begin(kSpaces), std::end(kSpaces), code) != std::end(kSpaces);
}

/// Takes one character off the front.
char32_t next(std::string_view& text) {
    const auto lead = static_cast<std::uint8_t>(text[0]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    constexpr char32_t kLowest[] = {0, 0, 0x80, 0x800, 0x10000};
    constexpr std::uint8_t kMask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    if (length == 0 || lead > 0xF4 || text.size() < length) return kBad;
    char32_t code = lead & kMask[length];
    for (std::size_t at = 1; at < length; ++at) {
        const auto byte = static_cast<std::uint8_t>(text[at]);
        if ((byte & 0xC0U) != 0x80U) return kBad;
        code = code << 6U | (byte & 0x3FU);
    }
    if (code < kLowest[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return kBad;
    text.remove_prefix(length);
    return code;
}

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty())
        if (next(text) == kBad) return false;
    return true;
}

bool has_space(std::string_view text) {
    while (!text.empty()) {
        const char32_t code = next(text);
        if (code == kBad) return false;
        if (is_space(code)) return true;
    }
    return false;
}

}  // namespace penstock::compliance
