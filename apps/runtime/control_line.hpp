#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::apps {

// The protocol of the control door: a line asks, a line answers. apps/README.md describes it for people.

/// Longer requests are refused and the connection is closed.
inline constexpr std::size_t kMaxControlLine = 4096;

/// "halt reason=the%20desk%20asked": a verb, then names with values in which everything but letters, digits
/// and ._-:/@ is written as %XX.
struct ControlLine {
    std::string verb;
    std::map<std::string, std::string> words;

    std::string word(const std::string& name) const {
        const auto found = words.find(name);
        return found == words.end() ? "" : found->second;
    }
};
/// Without the line break.
std::string write_control_line(const ControlLine& line);
/// Nothing when it is none.
std::optional<ControlLine> parse_control_line(std::string_view text);

/// What was answered.
struct ControlReply {
    bool is_ok = false;
    std::string text;  // of "ok": JSON; of "no": why, in words
};
/// Asks the penstockd whose state folder this is; waits at most half a minute. Nothing when none listens.
std::optional<ControlReply> ask_control(const std::string& socket, const ControlLine& line);

/// "alice@host": who runs this process, or who has this uid.
std::string user_at_host(unsigned uid);

}  // namespace penstock::apps
