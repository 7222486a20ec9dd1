#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "fix/codec/message_index.hpp"

namespace penstock::client {

/// One message of the other side, as people read it. Texts are what was received; numbers in their
/// shortest exact form. What a message does not carry is empty.
struct Report {
    enum class Kind : std::uint8_t { Execution, Refusal, MassCancel, Reject, List, Other };

    Kind kind = Kind::Other;
    std::string event;  // "New", "PartFilled", "CancelRefused" ...
    std::string name;   // of the order, as the user knows it
    std::string cl_ord_id;
    std::string orig_cl_ord_id;
    std::string side;  // "BUY"
    std::string quantity;
    std::string symbol;
    std::string price;          // "MKT" for orders that trade at the market, "PEG" for pegs without a limit
    std::string stop;           // where it wakes up
    std::string display;        // what is shown of it
    std::string time_in_force;  // "DAY"
    std::string last_quantity;
    std::string last_price;
    std::string venue;
    std::string filled;
    std::string leaves;
    std::string average;
    std::string status;  // OrdStatus(39) in a word
    std::string order_id;
    std::string exec_id;
    std::string exec_ref_id;
    std::string account;
    std::string affected;  // mass cancel: how many orders
    std::string ref_type;  // rejects: MsgType of what was refused
    std::string code;      // of a refusal, as the standard numbers it
    std::string text;
    std::string fields;              // Other: the whole body, "55=XYZ|..."; List: its orders
    bool terms_changed = false;      // New, Replaced, Status: quantity and price are the order's
    bool status_is_implied = false;  // by the event, so that the line need not say it
};

/// Any application message, and Reject(3).
Report read_report(const fix::MessageIndex& message);

/// "< New           a1  BUY 100 XYZ @ 11 DAY  cum 0 leaves 100 avg 0  order 17 exec 33". Stable: scripts
/// compare it.
std::string to_line(const Report& report);
/// One JSON object with the members that are not empty; numbers are texts, so that they stay exact.
std::string to_json(const Report& report);

/// {"event":"..","text":".."}
std::string event_json(const std::string& event, const std::string& text);

/// Has the order come to its end? By OrdStatus(39) in a word.
bool is_done(const std::string& status);

}  // namespace penstock::client
