#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "fix/codec/data_guard.hpp"
#include "fix/codec/message_index.hpp"
#include "fix/codec/values.hpp"

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

/// What the fast lane looks at in a standard header, gathered in one walk over its fields.
struct FastHeader {
    std::string_view sender_comp_id;
    std::string_view target_comp_id;
    std::string_view sending_time;
    std::uint32_t msg_seq_num = 0;  // 0: none that reads
    bool needs_session = false;     // possible duplicate or another application version: QuickFIX's

    explicit FastHeader(const MessageIndex& message) {
        for (const FieldRef& field : message.fields().subspan(3)) {
            const std::string_view value = message.value(field);
            switch (field.tag) {
                case 34: msg_seq_num = parse_number(value).value_or(0); break;
                case 49: sender_comp_id = value; break;
                case 52: sending_time = value; break;
                case 56: target_comp_id = value; break;
                case 43:
                case 1128: needs_session = true; break;
                // Other header fields are passed over; the body holds none of the above in a message
                // that `check` calls Clean.
                default: break;
            }
        }
    }
};

}  // namespace penstock::fix
