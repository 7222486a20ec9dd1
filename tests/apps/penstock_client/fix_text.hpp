#pragma once

#include <algorithm>
#include <cstdio>
#include <string>

#include "fix/codec/checksum.hpp"

namespace penstock::client {

/// A whole FIX.4.4 message out of "35=8|11=a1|..."; header and trailer are added.
inline std::string fix_text(std::string fields) {
    std::replace(fields.begin(), fields.end(), '|', '\x01');
    std::string message =
        "8=FIX.4.4\x01"
        "9=" +
        std::to_string(fields.size() + 1) + "\x01" + fields + "\x01";
    char trailer[16];
    std::snprintf(trailer, sizeof trailer, "10=%03d\x01", fix::byte_sum(message));
    return message + trailer;
}

}  // namespace penstock::client
