#pragma once

#include <span>
#include <string_view>

#include "fix/codec/version.hpp"

namespace penstock::fix::test {

/// One message and what it must bring, made by tools/gen_engagement.py from a row of spec/fix/engagement.
struct Case {
    std::string_view name;
    Version version;
    std::string_view given;   // scenario lines before it
    std::string_view send;    // "35=D|34=next|11=e1|..."
    std::string_view then;    // scenario lines behind it
    std::string_view client;  // what one message to the client has; "58~" how it begins; empty: no message
    std::string_view venue;   // MsgType of the one message to a venue; empty: none; "*": not looked at
    std::string_view alarm;   // the alarm raised; empty: not looked at
};
std::span<const Case> cases();

/// A field of a message that clients get, in one version.
struct ReportField {
    Version version;
    std::string_view msg_type;
    std::uint32_t tag;
    bool is_always;
};
std::span<const ReportField> report_fields();

}  // namespace penstock::fix::test
