#include "compliance/tlog/base64.hpp"

#include <cstdint>

namespace penstock::compliance {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kHex = "0123456789abcdef";

std::uint32_t byte_at(std::string_view bytes, std::size_t index) {
    return index < bytes.size() ? static_cast<std::uint8_t>(bytes[index]) : 0U;
}

}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::uint32_t word =
            byte_at(bytes, at) << 16U | byte_at(bytes, at + 1) << 8U | byte_at(bytes, at + 2);
        text += kAlphabet[word >> 18U];
        text += kAlphabet[word >> 12U & 63U];
        text += at + 1 < bytes.size() ? kAlphabet[word >> 6U & 63U] : '=';
        text += at + 2 < bytes.size() ? kAlphabet[word & 63U] : '=';
    }
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::string bytes;
    std::uint32_t word = 0;
    std::uint32_t bits = 0;
    std::string_view digits = text;
    for (int padding = 0; padding < 2 && !digits.empty() && digits.back() == '='; ++padding)
        digits.remove_suffix(1);
    for (const char digit : digits) {
        const std::size_t value = kAlphabet.find(digit);
        if (value == std::string_view::npos) return std::nullopt;
        word = word << 6U | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(word >> bits & 0xFFU);
    }
    // One text for one meaning: what is left over must be zero, and the padding must be its own.
    return to_base64(bytes) == text ? std::optional(bytes) : std::nullopt;
}

std::string to_hex(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) {
        text += kHex[static_cast<std::uint8_t>(byte) >> 4U];
        text += kHex[static_cast<std::uint8_t>(byte) & 15U];
    }
    return text;
}

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    for (std::size_t at = 0; at < text.size(); at += 2) {
        const std::size_t high = kHex.find(text[at]);
        const std::size_t low = kHex.find(text[at + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        bytes += static_cast<char>(high << 4U | low);
    }
    return bytes;
}

}  // namespace penstock::compliance
