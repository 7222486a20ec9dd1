#include "apps/penstock_venue/report_line.hpp"

#include <array>
#include <string_view>

namespace penstock::apps {
namespace {

/// A field of a body of ours: no repeating groups, each tag once.
std::string_view field(std::string_view body, std::string_view tag) {
    while (!body.empty()) {
        const std::size_t end = body.find('\x01');
        const std::string_view one = body.substr(0, end);
        if (one.starts_with(tag) && one.substr(tag.size()).starts_with('='))
            return one.substr(tag.size() + 1);
        if (end == std::string_view::npos) break;
        body.remove_prefix(end + 1);
    }
    return {};
}

/// By ExecType(150), and ExecTransType(20) where 4.2 has it.
std::string_view event_name(std::string_view body) {
    const std::string_view transaction = field(body, "20");
    if (transaction == "1") return "Bust";
    if (transaction == "2") return "Correct";
    if (transaction == "3") return "Status";
    constexpr std::array<std::pair<char, std::string_view>, 14> kNames = {{
        {'0', "New"},
        {'1', "Trade"},
        {'2', "Trade"},
        {'4', "Cancelled"},
        {'5', "Replaced"},
        {'6', "PendingCancel"},
        {'8', "Rejected"},
        {'A', "PendingNew"},
        {'C', "Expired"},
        {'E', "PendingReplace"},
        {'F', "Trade"},
        {'G', "Correct"},
        {'H', "Bust"},
        {'I', "Status"},
    }};
    const std::string_view type = field(body, "150");
    for (const auto& [code, name] : kNames)
        if (type.size() == 1 && type.front() == code) return name;
    return "Report";
}

std::string_view side_name(std::string_view side) { return side == "1" ? "BUY" : "SELL"; }

std::string execution_line(std::string_view body) {
    std::string line(event_name(body));
    const auto add = [&](std::string_view label, std::string_view tag) {
        const std::string_view value = field(body, tag);
        if (!value.empty()) (line += label) += value;
    };
    add("  ", "32");
    add(" @ ", "31");
    add("  ", "37");
    (line += ' ') += side_name(field(body, "54"));
    add(" ", "38");
    add(" ", "55");
    add(" @ ", "44");
    add("  cum ", "14");
    add(" leaves ", "151");
    add("  client id ", "11");
    add("  ", "58");
    return line;
}

}  // namespace

std::string report_line(const sim::Send& send) {
    if (send.msg_type == "8") return execution_line(send.body);
    std::string line;
    if (send.msg_type == "9") line = "CancelReject  " + std::string(field(send.body, "11"));
    if (send.msg_type == "j") line = "BusinessReject";
    if (send.msg_type == "r") line = "MassCancelReport  " + std::string(field(send.body, "11"));
    if (!line.empty()) (line += "  ") += field(send.body, "58");
    return line;
}

}  // namespace penstock::apps
