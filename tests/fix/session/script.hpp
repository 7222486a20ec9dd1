#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace penstock::fix::test {

/// A session script: `> 35=D|34=2|...` is what the peer sends, `< 35=3|45=2|...` what must come back,
/// `disconnect` that the acceptor hangs up, `connect` a new connection, `[4.2]` a line for one version
/// only. In what is sent the rest of header and trailer is filled in unless given; `9=+1` is the right
/// BodyLength and one more, `10=bad` a wrong CheckSum; `>> bytes` is sent as it stands. In what comes
/// back the fields given must be there with these values, in this order.
struct ScriptLine {
    enum class Kind { Send, SendRaw, Expect, Disconnect, Connect };
    Kind kind = Kind::Send;
    std::string text;  // '|' already turned into SOH
    int number = 0;    // in the file
};

std::vector<ScriptLine> read_script(const std::string& file, const std::string& version_tag);

/// The whole message of a `>` line.
std::string complete(const std::string& text, const std::string& begin_string);

/// '|' turned into SOH.
std::string soh(std::string text);

/// The whole message, of FIX 4.4 unless it says otherwise, that `35=D|34=2|...` stands for.
std::string bytes(const std::string& text);

/// The fields of an order, behind its header.
inline constexpr std::string_view kOrder = "11=o1|21=1|38=100|40=2|44=10.25|54=1|55=XYZ|60=now|";

/// Cuts bytes into messages and blanks what differs by time: SendingTime(52), OrigSendingTime(122),
/// CheckSum(10), BodyLength(9) of those.
std::vector<std::string> comparable(const std::string& bytes);

/// Do the fields of `expected` appear in `message` in this order?
bool contains_in_order(const std::string& message, const std::string& expected);

/// SOH as '|', for people.
std::string readable(std::string bytes);

}  // namespace penstock::fix::test
