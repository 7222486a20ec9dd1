#include "compliance/reports/text.hpp"

#include <array>

namespace penstock::reports {
namespace {

constexpr char kSoh = '\x01';
constexpr std::string_view kHex = "0123456789abcdef";

unsigned char byte(char letter) { return static_cast<unsigned char>(letter); }

/// Bytes of the UTF-8 character that begins here; 0: none does.
std::size_t character_size(std::string_view text) {
    const unsigned char first = byte(text[0]);
    if (first < 0x80) return 1;
    std::size_t size = 0;
    std::uint32_t code = 0;
    std::uint32_t least = 0;
    if (first >= 0xc2 && first <= 0xdf) {
        size = 2, code = first & 0x1fU, least = 0x80;
    } else if ((first & 0xf0U) == 0xe0) {
        size = 3, code = first & 0x0fU, least = 0x800;
    } else if (first >= 0xf0 && first <= 0xf4) {
        size = 4, code = first & 0x07U, least = 0x10000;
    } else {
        return 0;
    }
    if (text.size() < size) return 0;
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(text[i]) & 0xc0U) != 0x80) return 0;
        code = (code << 6U) | (byte(text[i]) & 0x3fU);
    }
    const bool is_half_of_a_pair = code >= 0xd800 && code <= 0xdfff;
    return code < least || code > 0x10ffff || is_half_of_a_pair ? 0 : size;
}

bool is_control(char letter) { return byte(letter) < 0x20 || byte(letter) == 0x7f; }

void append_escaped(std::string& out, char letter) {
    out += "\\x";
    out += kHex[byte(letter) >> 4U];
    out += kHex[byte(letter) & 0x0fU];
}

bool is_plain(std::string_view text) {
    for (const char letter : text)
        if (byte(letter) < 0x20 || byte(letter) >= 0x7f) return false;
    return true;
}

/// The characters that begin a formula, and their full-width forms, which some spreadsheets take for them.
bool begins_formula(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return false;
    text.remove_prefix(begin);
    constexpr std::array<std::string_view, 8> kBegins{
        "=", "+", "-", "@", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};
    for (const std::string_view one : kBegins)
        if (text.starts_with(one)) return true;
    return false;
}

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = character_size(text);
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

std::string visible(std::string_view text, Type::Name type) {
    if (is_plain(text)) return std::string(text);
    std::string made;
    made.reserve(text.size());
    while (!text.empty()) {
        const std::size_t size = character_size(text);
        if (size == 0 || is_control(text[0])) {
            if (type == Type::Name::Raw && text[0] == kSoh)
                made += '|';
            else
                append_escaped(made, text[0]);
            text.remove_prefix(1);
            continue;
        }
        made += text.substr(0, size);
        text.remove_prefix(size);
    }
    return made;
}

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string text;
    for (const char letter : bytes) {
        text += kHex[static_cast<unsigned char>(letter) >> 4U];
        text += kHex[static_cast<unsigned char>(letter) & 0x0fU];
    }
    return text;
}

bool is_numeric(Type::Name type) {
    using Name = Type::Name;
    return type == Name::Integer || type == Name::Number || type == Name::Decimal || type == Name::Price ||
           type == Name::EpochNs;
}

void append_csv(std::string& out, std::string_view text, Type::Name type) {
    if (text.empty()) return;
    if (is_numeric(type)) {
        out += text;
        return;
    }
    const std::string shown = is_plain(text) ? std::string() : visible(text, type);
    if (!shown.empty()) text = shown;
    const bool is_formula = begins_formula(text);
    if (!is_formula && text.find_first_of(",;\"") == std::string_view::npos) {
        out += text;
        return;
    }
    out += is_formula ? "\"'" : "\"";
    for (const char letter : text) {
        if (letter == '"') out += '"';
        out += letter;
    }
    out += '"';
}

void append_json(std::string& out, std::string_view text) {
    if (is_plain(text) && text.find_first_of("\"\\") == std::string_view::npos) {
        out += '"';
        out += text;
        out += '"';
        return;
    }
    const bool is_text = is_utf8(text);
    out += '"';
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') {
            out += '\\';
            out += letter;
        } else if (is_control(letter) || (!is_text && byte(letter) >= 0x80)) {
            out += "\\u00";
            out += kHex[byte(letter) >> 4U];
            out += kHex[byte(letter) & 0x0fU];
        } else {
            out += letter;
        }
    }
    out += '"';
}

void append_html(std::string& out, std::string_view text) {
    if (text.find_first_of("&<>\"'") == std::string_view::npos) {
        out += text;
        return;
    }
    for (const char letter : text) {
        switch (letter) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += letter;
        }
    }
}

}  // namespace penstock::reports
