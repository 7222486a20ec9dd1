#pragma once

#include <array>
#include <cstdio>
#include <string>
#include <string_view>

namespace penstock::apps {

/// A line for people with its control characters as \x1b: texts in it may be anybody's.
inline std::string printable(std::string_view line) {
    std::string out;
    for (const char letter : line) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte >= 0x20 && byte != 0x7F) {
            out += letter;
            continue;
        }
        std::array<char, 5> escape{};
        std::snprintf(escape.data(), escape.size(), "\\x%02x", byte);
        out += escape.data();
    }
    return out;
}

}  // namespace penstock::apps
