#pragma once

#include <cstdint>
#include <string_view>

#include "fix/codec/message_index.hpp"
#include "fix/codec/values.hpp"

namespace penstock::fix {

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
