#include "apps/penstock_client/report.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "oms/domain/decimal.hpp"
#include "oms/domain/print.hpp"

namespace penstock::client {
namespace {

using fix::MessageIndex;
using Names = std::pair<std::string_view, std::string_view>;

constexpr std::array<Names, 15> kStatus = {{
    {"0", "New"},
    {"1", "PartiallyFilled"},
    {"2", "Filled"},
    {"3", "DoneForDay"},
    {"4", "Cancelled"},
    {"5", "Replaced"},
    {"6", "PendingCancel"},
    {"7", "Stopped"},
    {"8", "Rejected"},
    {"9", "Suspended"},
    {"A", "PendingNew"},
    {"B", "Calculated"},
    {"C", "Expired"},
    {"D", "AcceptedForBidding"},
    {"E", "PendingReplace"},
}};
// ExecType(150) and what the order's status is when nothing else happens to it.
struct EventRow {
    std::string_view code;
    std::string_view event;
    std::string_view status;
};
constexpr std::array<EventRow, 14> kEvents = {{
    {"0", "New", "New"},
    {"3", "DoneForDay", "DoneForDay"},
    {"4", "Cancelled", "Cancelled"},
    {"5", "Replaced", "New"},
    {"6", "PendingCancel", "PendingCancel"},
    {"8", "Rejected", "Rejected"},
    {"A", "PendingNew", "PendingNew"},
    {"C", "Expired", "Expired"},
    {"D", "Restated", "New"},
    {"E", "PendingReplace", "PendingReplace"},
    {"I", "Status", ""},
    {"L", "Triggered", "New"},
    {"7", "Stopped", "Stopped"},
    {"9", "Suspended", "Suspended"},
}};
constexpr std::array<Names, 4> kSides = {{{"1", "BUY"}, {"2", "SELL"}, {"5", "SHORT"}, {"6", "SHORTEX"}}};
constexpr std::array<Names, 8> kTimes = {
    {{"0", "DAY"},
     {"1", "GTC"},
     {"2", "OPEN"},
     {"3", "IOC"},
     {"4", "FOK"},
     {"6", "GTD"},
     {"7", "CLOSE"},
     {"B", "AUCTION"}}};
constexpr std::array<Names, 7> kLists = {
    {{"1", "ListInBidding"},
     {"2", "ListReceived"},
     {"3", "ListExecuting"},
     {"4", "ListCancelling"},
     {"5", "ListAlert"},
     {"6", "ListDone"},
     {"7", "ListRejected"}}};

template <std::size_t Size>
std::string word_of(const std::array<Names, Size>& names, std::string_view code) {
    for (const auto& [known, word] : names)
        if (known == code) return std::string(word);
    return std::string(code);
}

std::string text(const MessageIndex& message, std::uint32_t tag) {
    return std::string(message.find(tag).value_or(std::string_view()));
}

/// "10.00" as "10"; what is no exact number stays as it came.
std::string number(const MessageIndex& message, std::uint32_t tag) {
    const std::string as_sent = text(message, tag);
    const auto parsed = Decimal::parse(as_sent);
    return parsed ? oms::to_text(*parsed) : as_sent;
}

void name_trade(Report& report) {
    report.event = report.leaves == "0" ? "Filled" : "PartFilled";
    report.status_is_implied = report.status == (report.leaves == "0" ? "Filled" : "PartiallyFilled");
}

/// ExecType(150), after ExecTransType(20) where FIX 4.2 has it.
void name_event(const MessageIndex& message, Report& report) {
    const std::string transaction = text(message, 20);
    const std::string type = text(message, 150);
    if (transaction == "1" || type == "H") return void(report.event = "Busted");
    if (transaction == "2" || type == "G") return void(report.event = "Corrected");
    // The status of an order with a request in flight may carry the request's id.
    const bool is_settled_status =
        (transaction == "3" || type == "I") && !report.status.starts_with("Pending");
    report.terms_changed = is_settled_status || type == "0" || type == "5" || type == "D";
    if (transaction == "3") return void(report.event = "Status");
    if (type == "F" || type == "1" || type == "2") return name_trade(report);
    report.event = "ExecType" + type;
    for (const EventRow& row : kEvents) {
        if (row.code != type) continue;
        report.event = row.event;
        report.status_is_implied = report.status == row.status;
    }
}

std::string first_of(std::string one, std::string other) { return one.empty() ? other : one; }

/// What stands for the limit of an order that has none.
std::string price_of(const MessageIndex& message) {
    const std::string type = text(message, 40);
    if (type == "1") return "MKT";
    const std::string limit = number(message, 44);
    if (!limit.empty()) return limit;
    if (type == "P") return "PEG";
    return type == "3" || type == "J" ? "MKT" : "";
}

/// "  a1 New cum 0 leaves 100 avg 0" for each order: its id begins it.
std::string lines_of_list(const MessageIndex& message) {
    std::string lines;
    for (const fix::FieldRef& field : message.fields()) {
        const std::string value(message.value(field));
        switch (field.tag) {
            case 11: lines += "  " + value; break;
            case 14: lines += " cum " + value; break;
            case 39: lines += " " + word_of(kStatus, value); break;
            case 151: lines += " leaves " + value; break;
            case 58: lines += " (" + value + ")"; break;
            default: break;
        }
    }
    return lines;
}

void read_list(const MessageIndex& message, Report& report) {
    report = {};
    report.kind = Report::Kind::List;
    report.event = word_of(kLists, text(message, 431));
    report.cl_ord_id = text(message, 66);
    report.affected = text(message, 68);
    report.text = text(message, 444);
    report.fields = lines_of_list(message);
}

void read_execution(const MessageIndex& message, Report& report) {
    report.kind = Report::Kind::Execution;
    report.side = word_of(kSides, text(message, 54));
    report.quantity = number(message, 38);
    report.symbol = text(message, 55);
    report.price = price_of(message);
    report.stop = first_of(number(message, 99), number(message, 1102));
    report.display = first_of(number(message, 111), number(message, 1138));
    report.time_in_force = word_of(kTimes, text(message, 59));
    report.last_quantity = number(message, 32);
    report.last_price = number(message, 31);
    report.venue = text(message, 30);
    report.filled = number(message, 14);
    report.leaves = number(message, 151);
    report.average = number(message, 6);
    report.exec_id = text(message, 17);
    report.exec_ref_id = text(message, 19);
    report.code = text(message, 103);
    name_event(message, report);
}

void read_refusal(const MessageIndex& message, Report& report) {
    report.kind = Report::Kind::Refusal;
    report.event = text(message, 434) == "2" ? "AmendRefused" : "CancelRefused";
    report.code = text(message, 102);
}

void read_mass_cancel(const MessageIndex& message, Report& report) {
    report.kind = Report::Kind::MassCancel;
    report.event = text(message, 531) == "0" ? "MassCancelRefused" : "MassCancelled";
    report.symbol = text(message, 55);
    report.affected = text(message, 533);
    report.code = text(message, 532);
}

void read_reject(const MessageIndex& message, Report& report, std::uint32_t code_tag) {
    report.kind = Report::Kind::Reject;
    report.event = message.msg_type() == "j" ? "BusinessReject" : "SessionReject";
    report.cl_ord_id = text(message, 379);
    report.ref_type = text(message, 372);
    report.code = text(message, code_tag);
}

void read_other(const MessageIndex& message, Report& report) {
    constexpr std::array<std::uint32_t, 9> kFrame = {8, 9, 10, 34, 35, 49, 52, 56, 122};
    report.event = "Message" + std::string(message.msg_type());
    for (const fix::FieldRef& field : message.fields()) {
        bool is_frame = false;
        for (const std::uint32_t tag : kFrame) is_frame |= tag == field.tag;
        if (is_frame) continue;
        if (!report.fields.empty()) report.fields += '|';
        report.fields += std::to_string(field.tag) + "=" + std::string(message.value(field));
    }
}

/// Appends parts, each with its gap and label in front, and nothing for a value that is empty.
class Line {
  public:
    explicit Line(std::string start) : line_(std::move(start)) {}
    Line& add(std::string_view label, std::string_view value) {
        if (!value.empty()) (line_ += label) += value;
        return *this;
    }
    std::string take() { return std::move(line_); }

  private:
    std::string line_;
};

std::string padded(const std::string& event) {
    constexpr std::size_t kWidth = 14;
    return "< " + event + std::string(event.size() < kWidth ? kWidth - event.size() : 0, ' ');
}

void add_execution(const Report& report, Line& line) {
    line.add("  ", report.side).add(" ", report.quantity).add(" ", report.symbol);
    const bool is_word = report.price == "MKT" || report.price == "PEG";
    line.add(is_word ? " " : " @ ", report.price).add(" stop ", report.stop).add(" show ", report.display);
    line.add(" ", report.time_in_force);
    // A status of nothing traded has zeros; only an execution has a price.
    const bool traded = !report.last_price.empty() && report.last_price != "0";
    if (traded)
        line.add("  last ", report.last_quantity).add(" @ ", report.last_price).add(" on ", report.venue);
    line.add("  cum ", report.filled).add(" leaves ", report.leaves).add(" avg ", report.average);
}

void append_json(std::string& json, std::string_view key, std::string_view value) {
    if (value.empty()) return;
    json += json.size() > 1 ? ",\"" : "\"";
    (json += key) += "\":\"";
    for (const char c : value) {
        constexpr std::string_view kHex = "0123456789abcdef";
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (json += '\\') += c;
        else if (code >= 0x20)
            json += c;
        else
            ((json += "\\u00") += kHex[code >> 4]) += kHex[code & 15];
    }
    json += '"';
}

}  // namespace

Report read_report(const MessageIndex& message) {
    Report report;
    report.cl_ord_id = text(message, 11);
    report.orig_cl_ord_id = text(message, 41);
    report.order_id = text(message, 37);
    report.status = word_of(kStatus, text(message, 39));
    report.account = text(message, 1);
    report.text = text(message, 58);
    const std::string_view type = message.msg_type();
    if (type == "8")
        read_execution(message, report);
    else if (type == "9")
        read_refusal(message, report);
    else if (type == "r")
        read_mass_cancel(message, report);
    else if (type == "j")
        read_reject(message, report, 380);
    else if (type == "3")
        read_reject(message, report, 373);
    else if (type == "N")
        read_list(message, report);
    else
        read_other(message, report);
    report.name = report.cl_ord_id;
    return report;
}

std::string to_line(const Report& report) {
    if (report.kind == Report::Kind::Other) return Line(padded(report.event)).add("  ", report.fields).take();
    Line line(padded(report.event));
    line.add(" ", report.name);
    if (report.kind == Report::Kind::List)
        return line.add("  orders ", report.affected)
            .add("", report.fields)
            .add("  text ", report.text)
            .take();
    if (report.kind == Report::Kind::Execution) add_execution(report, line);
    if (!report.status_is_implied) line.add("  status ", report.status);
    if (report.kind == Report::Kind::MassCancel) line.add("  symbol ", report.symbol);
    line.add("  affected ", report.affected).add("  type ", report.ref_type);
    if (report.cl_ord_id != report.name) line.add("  id ", report.cl_ord_id);
    line.add("  order ", report.order_id).add(" exec ", report.exec_id).add(" ref ", report.exec_ref_id);
    line.add("  account ", report.account).add("  code ", report.code).add("  text ", report.text);
    return line.take();
}

std::string to_json(const Report& report) {
    const std::array<std::pair<std::string_view, const std::string*>, 27> members = {{
        {"event", &report.event},
        {"name", &report.name},
        {"cl_ord_id", &report.cl_ord_id},
        {"orig_cl_ord_id", &report.orig_cl_ord_id},
        {"side", &report.side},
        {"quantity", &report.quantity},
        {"symbol", &report.symbol},
        {"price", &report.price},
        {"stop", &report.stop},
        {"display", &report.display},
        {"time_in_force", &report.time_in_force},
        {"last_quantity", &report.last_quantity},
        {"last_price", &report.last_price},
        {"venue", &report.venue},
        {"cum", &report.filled},
        {"leaves", &report.leaves},
        {"avg", &report.average},
        {"status", &report.status},
        {"order", &report.order_id},
        {"exec", &report.exec_id},
        {"exec_ref", &report.exec_ref_id},
        {"account", &report.account},
        {"affected", &report.affected},
        {"ref_type", &report.ref_type},
        {"code", &report.code},
        {"text", &report.text},
        {"fields", &report.fields},
    }};
    std::string json = "{";
    for (const auto& [key, value] : members) append_json(json, key, *value);
    return json + "}";
}

std::string event_json(const std::string& event, const std::string& text) {
    std::string json = "{";
    append_json(json, "event", event);
    append_json(json, "text", text);
    return json + "}";
}

bool is_done(const std::string& status) {
    return status == "Filled" || status == "Cancelled" || status == "Rejected" || status == "Expired" ||
           status == "DoneForDay";
}

}  // namespace penstock::client
