#pragma once

#include <algorithm>
#include <string_view>

#include "fix/codec/data_guard.hpp"

// What is read of a frame without an index of it: what comes before the rules may see it.

namespace penstock::fix {

/// SOH, MsgType(35), "=": third in every frame.
inline constexpr std::string_view kMsgTypeField =
    "\x01"
    "35=";

/// The first value of a field in a frame that our codec may not be able to read; `field` begins with SOH.
inline std::string_view first_value(std::string_view frame, std::string_view field) {
    const std::size_t found = frame.find(field);
    if (found == std::string_view::npos) return {};
    const std::size_t begin = found + field.size();
    return frame.substr(begin, frame.find('\x01', begin) - begin);
}

/// Why a frame may not come to QuickFIX 1.15.1, which trusts the length before a data field and would take
/// the process with it, and reads numbers modulo 2^32: 4294967298 would be counted as 2. Empty: it may.
inline std::string_view why_garbled(std::string_view frame) {
    if (!data_lengths_are_sound(frame)) return "the length of a data field is wrong";
    std::string_view number = first_value(
        frame,
        "\x01"
        "34=");
    number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
    return number.size() > 9 ? "MsgSeqNum(34) has more than nine digits" : "";
}

}  // namespace penstock::fix
