#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "oms/domain/conditions.hpp"
#include "oms/domain/decimal.hpp"
#include "oms/domain/enums.hpp"
#include "oms/domain/time.hpp"

namespace penstock::client {

// What can be typed. Text becomes numbers and enums here and nowhere else; names and symbols stay text,
// because whether they exist is for the other side to say.

using Fields = std::vector<std::pair<std::uint32_t, std::string>>;  // tag and value

/// "0.5", "2%", "3ticks", "10bp".
struct Offset {
    Decimal value;
    oms::OffsetUnit unit = oms::OffsetUnit::Price;
    friend bool operator==(const Offset&, const Offset&) = default;
};
/// When and how an order trades: what most orders leave as it is.
struct Terms {
    enum class Hold : std::uint8_t { Unsaid, Held, Released };

    oms::TimeInForce time_in_force = oms::TimeInForce::Day;
    std::optional<Price> stop;
    std::optional<Price> touch;  // trades when the price comes there, from the other side than a stop
    std::optional<Offset> trail;
    oms::PegKind peg = oms::PegKind::None;
    std::optional<Offset> peg_offset;
    std::optional<Quantity> display;
    std::optional<Quantity> display_low;
    std::optional<Quantity> display_high;
    std::optional<Quantity> minimum;
    std::optional<Price> cash;   // instead of a quantity
    std::string expire_time;     // YYYYMMDD or YYYYMMDD-HH:MM:SS, UTC
    std::string effective_time;  // YYYYMMDD-HH:MM:SS, UTC
    std::string link;
    bool post_only = false;
    bool reduce_only = false;
    Hold hold = Hold::Unsaid;
    friend bool operator==(const Terms&, const Terms&) = default;
};
struct NewOrder {
    oms::Side side = oms::Side::Buy;
    Quantity quantity;
    std::string symbol;
    std::optional<Price> limit;  // none: market
    Terms terms;
    std::string venue;
    std::string account;
    std::string name;   // empty: one is made
    std::string group;  // in a list: the path of groups it stands in, "OCO-1"
    Fields extra;
    friend bool operator==(const NewOrder&, const NewOrder&) = default;
};
struct AmendOrder {
    std::string name;
    std::optional<Quantity> quantity;
    std::optional<Price> limit;
    std::vector<std::string> conditions;  // words that change the order's terms: "stop 9"
    std::string id;                       // of the request; empty: one is made
    Fields extra;
    friend bool operator==(const AmendOrder&, const AmendOrder&) = default;
};
/// NewOrderList(E).
struct SendList {
    std::string id;           // empty: one is made
    std::string instruction;  // ListExecInst(69): "OCO BLOCK"
    bool waits = false;       // for 'execute'
    std::vector<NewOrder> orders;
    friend bool operator==(const SendList&, const SendList&) = default;
};
/// A request about a list, by its MsgType: K cancels it, L executes it, M asks for its status.
struct AskList {
    char msg_type = 'M';
    std::string id;
    friend bool operator==(const AskList&, const AskList&) = default;
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
using Command =
    std::variant<std::monostate, NewOrder, AmendOrder, CancelOrder, CancelAll, AskStatus, SendList, AskList,
                 ListOrders, Watch, WaitFor, Expect, SetTimeout, SendRaw, Help, Quit>;

struct Parsed {
    Command command;
    std::string error;  // what was expected; empty: understood
};
/// Reads one line. Pure.
Parsed parse_command(std::string_view line);

/// What the words of an amend make of an order's terms.
void change_terms(const std::vector<std::string>& conditions, Terms& terms);

/// The words of a line: runs of anything but blanks.
std::vector<std::string> split_words(std::string_view line);

/// What `help` prints.
std::string_view help_text();

}  // namespace penstock::client
