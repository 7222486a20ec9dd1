#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "oms/domain/decimal.hpp"
#include "oms/domain/enums.hpp"
#include "oms/domain/time.hpp"

namespace penstock::client {

// What can be typed. Text becomes numbers and enums here and nowhere else; names and symbols stay text,
// because whether they exist is for the other side to say.

using Fields = std::vector<std::pair<std::uint32_t, std::string>>;  // tag and value

struct NewOrder {
    oms::Side side = oms::Side::Buy;
    Quantity quantity;
    std::string symbol;
    std::optional<Price> limit;  // none: market
    oms::TimeInForce time_in_force = oms::TimeInForce::Day;
    std::string venue;
    std::string account;
    std::string name;  // empty: one is made
    Fields extra;
    friend bool operator==(const NewOrder&, const NewOrder&) = default;
};
struct AmendOrder {
    std::string name;
    std::optional<Quantity> quantity;
    std::optional<Price> limit;
    std::string id;  // of the request; empty: one is made
    Fields extra;
    friend bool operator==(const AmendOrder&, const AmendOrder&) = default;
};
struct CancelOrder {
    std::string name;
    std::string id;
    Fields extra;
    friend bool operator==(const CancelOrder&, const CancelOrder&) = default;
};
struct CancelAll {
    std::string symbol;  // empty: all
    friend bool operator==(const CancelAll&, const CancelAll&) = default;
};
struct AskStatus {
    std::string name;  // "all": of everything
    friend bool operator==(const AskStatus&, const AskStatus&) = default;
};
struct ListOrders {
    friend bool operator==(const ListOrders&, const ListOrders&) = default;
};
/// Prints reports until Ctrl-C.
struct Watch {
    friend bool operator==(const Watch&, const Watch&) = default;
};
struct WaitFor {
    enum class What : std::uint8_t { Logon, Logout, Done };
    What what = What::Logon;
    std::string name;  // Done: the order
    friend bool operator==(const WaitFor&, const WaitFor&) = default;
};
struct Expect {
    std::vector<std::string> words;
    friend bool operator==(const Expect&, const Expect&) = default;
};
struct SetTimeout {
    Duration timeout;
    friend bool operator==(const SetTimeout&, const SetTimeout&) = default;
};
struct SendRaw {
    std::string msg_type;
    std::string body;
    friend bool operator==(const SendRaw&, const SendRaw&) = default;
};
struct Help {
    friend bool operator==(const Help&, const Help&) = default;
};
struct Quit {
    friend bool operator==(const Quit&, const Quit&) = default;
};

/// std::monostate: an empty line or a comment.
using Command = std::variant<std::monostate, NewOrder, AmendOrder, CancelOrder, CancelAll, AskStatus,
                             ListOrders, Watch, WaitFor, Expect, SetTimeout, SendRaw, Help, Quit>;

struct Parsed {
    Command command;
    std::string error;  // what was expected; empty: understood
};
/// Reads one line. Pure.
Parsed parse_command(std::string_view line);

/// The words of a line: runs of anything but blanks.
std::vector<std::string> split_words(std::string_view line);

/// What `help` prints.
std::string_view help_text();

}  // namespace penstock::client
