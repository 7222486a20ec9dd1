#include "fix/codec/decode_venue.hpp"

#include "fix/codec/decode.hpp"
#include "fix/codec/decode_positions.hpp"
#include "fix/codec/found_fields.hpp"
#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

using oms::InputBody;

constexpr std::array kRead = {
    tag::kAccount,
    tag::kAvgPx,
    tag::kClOrdId,
    tag::kCumQty,
    tag::kExecId,
    tag::kExecRefId,
    tag::kExecTransType,
    tag::kLastPx,
    tag::kLastQty,
    tag::kOrderId,
    tag::kOrderQty,
    tag::kOrdStatus,
    tag::kOrdType,
    tag::kOrigClOrdId,
    tag::kPrice,
    tag::kSide,
    tag::kSymbol,
    tag::kText,
    tag::kTimeInForce,
    tag::kTransactTime,
    tag::kCxlRejReason,
    tag::kOrdRejReason,
    tag::kExecType,
    tag::kRefMsgType,
    tag::kExecRestatementReason,
    tag::kBusinessRejectRefId,
    tag::kBusinessRejectReason,
    tag::kCxlRejResponseTo,
    tag::kMassStatusReqId,
    tag::kTotNumReports,
    tag::kLastRptRequested};
using Report = FoundFields<kRead>;

char code_of(std::string_view value) { return value.size() == 1 ? value[0] : '\0'; }

/// Which of our requests the report is about. ClOrdID(11) is foreign on unsolicited reports of some
/// venues, which then give ours as OrigClOrdID(41).
oms::ChildRequest request_of(const VenueContext& context, std::string_view id, std::string_view orig_id) {
    if (const auto ours = oms::parse_venue_cl_ord_id(context.ids, id)) return *ours;
    return oms::parse_venue_cl_ord_id(context.ids, orig_id).value_or(oms::ChildRequest{});
}

oms::VenueReport report_of(ValueReader& reader, const Report& found, const VenueContext& context) {
    oms::VenueReport report;
    report.venue = context.venue;
    const oms::ChildRequest request = request_of(context, found[tag::kClOrdId], found[tag::kOrigClOrdId]);
    report.child = request.child;
    report.revision = request.revision;
    if (found[tag::kOrderId] != "NONE")
        reader.read(tag::kOrderId, found[tag::kOrderId], report.venue_order_id);
    reader.read(tag::kExecId, found[tag::kExecId], report.exec_id);
    reader.read(tag::kTransactTime, found[tag::kTransactTime], report.venue_time);
    return report;
}

/// States we do not distinguish (4.2's replaced, calculated ...) are live: new or partly filled.
oms::OrdStatus status_of(std::string_view value, const Quantity& filled) {
    switch (code_of(value)) {
        case '2': return oms::OrdStatus::Filled;
        case '3': return oms::OrdStatus::DoneForDay;
        case '4': return oms::OrdStatus::Canceled;
        case '6': return oms::OrdStatus::PendingCancel;
        case '7': return oms::OrdStatus::Stopped;
        case '8': return oms::OrdStatus::Rejected;
        case '9': return oms::OrdStatus::Suspended;
        case 'A': return oms::OrdStatus::PendingNew;
        case 'C': return oms::OrdStatus::Expired;
        case 'E': return oms::OrdStatus::PendingReplace;
        default: break;  // not an enum: any character
    }
    return filled.is_positive() ? oms::OrdStatus::PartiallyFilled : oms::OrdStatus::New;
}

/// An average is rounded by who tells it, some tell a binary fraction to its last digit: what is beyond our
/// decimals is cut off. None when it is no number.
std::optional<Price> average_price(std::string_view value) {
    const auto point = value.find('.');
    const auto parsed = Price::parse(
        point == std::string_view::npos ? value : value.substr(0, point + 1 + Decimal::kMaxScale));
    return parsed ? std::optional(*parsed) : std::nullopt;
}

/// What the venue counts as filled, of a report that is about something else, which counts whatever this
/// says: none where it does not say, or what it says is no number.
template <class Fact>
Fact with_filled(const Report& found, Fact fact) {
    const auto counted = Quantity::parse(found[tag::kCumQty]);
    if (!counted) return fact;
    fact.filled = *counted;
    fact.average_price = average_price(found[tag::kAvgPx]);
    return fact;
}

InputBody filled(ValueReader& reader, const Report& found, const oms::VenueReport& report) {
    oms::VenueFilled fact{report, {}, {}};
    reader.require(tag::kExecId, found[tag::kExecId]);
    reader.require(tag::kLastQty, found[tag::kLastQty]);
    reader.read(tag::kLastQty, found[tag::kLastQty], fact.quantity);
    if (!fact.quantity.is_positive())
        reader.complain(tag::kLastQty, found[tag::kLastQty], "is no quantity of a fill");
    reader.require(tag::kLastPx, found[tag::kLastPx]);
    reader.read(tag::kLastPx, found[tag::kLastPx], fact.price);
    return with_filled(found, fact);
}

InputBody busted(ValueReader& reader, const Report& found, const oms::VenueReport& report) {
    oms::FillBusted fact{report, {}};
    reader.require(tag::kExecRefId, found[tag::kExecRefId]);
    reader.read(tag::kExecRefId, found[tag::kExecRefId], fact.exec_ref_id);
    return fact;
}

InputBody corrected(ValueReader& reader, const Report& found, const oms::VenueReport& report) {
    oms::FillCorrected fact{report, {}, {}, {}};
    reader.require(tag::kExecRefId, found[tag::kExecRefId]);
    reader.read(tag::kExecRefId, found[tag::kExecRefId], fact.exec_ref_id);
    reader.require(tag::kLastQty, found[tag::kLastQty]);
    reader.read(tag::kLastQty, found[tag::kLastQty], fact.quantity);
    if (fact.quantity.is_negative())
        reader.complain(tag::kLastQty, found[tag::kLastQty], "is no quantity of a fill");
    reader.require(tag::kLastPx, found[tag::kLastPx]);
    reader.read(tag::kLastPx, found[tag::kLastPx], fact.price);
    return fact;
}

oms::RestatementReason restatement_reason(const Report& found) {
    const auto number = parse_number(found[tag::kExecRestatementReason]);
    if (!number) return oms::RestatementReason::None;
    const bool has_name = *number < static_cast<std::uint32_t>(oms::RestatementReason::Logout);
    return has_name ? static_cast<oms::RestatementReason>(*number + 1) : oms::RestatementReason::Other;
}

InputBody amended(ValueReader& reader, const Report& found, const oms::VenueReport& report) {
    oms::VenueAmended fact;
    fact.report = report;
    reader.require(tag::kOrderQty, found[tag::kOrderQty]);
    reader.read(tag::kOrderQty, found[tag::kOrderQty], fact.quantity);
    reader.read(tag::kPrice, found[tag::kPrice], fact.limit);
    fact.is_restatement = code_of(found[tag::kExecType]) == static_cast<char>(oms::ExecType::Restated);
    if (fact.is_restatement) fact.restatement_reason = restatement_reason(found);
    if (fact.restatement_reason == oms::RestatementReason::GtCorporateAction)
        reader.read(tag::kCumQty, found[tag::kCumQty], fact.filled);  // it is what the order has from then on
    return with_filled(found, fact);
}

InputBody cancelled(const Report& found, const oms::VenueReport& report) {
    return with_filled(
        found, oms::VenueCancelled{report, Text::truncated(found[tag::kText]), restatement_reason(found)});
}

/// A guarantee without its quantity or price says nothing that could be passed on exactly.
InputBody stopped(ValueReader& reader, const Report& found, const oms::VenueReport& report) {
    oms::VenueStopped fact{report, {}, {}};
    reader.require(tag::kLastQty, found[tag::kLastQty]);
    reader.read(tag::kLastQty, found[tag::kLastQty], fact.quantity);
    reader.require(tag::kLastPx, found[tag::kLastPx]);
    reader.read(tag::kLastPx, found[tag::kLastPx], fact.price);
    return fact;
}

InputBody refused(ValueReader& reader, const Report& found, const oms::VenueReport& report) {
    oms::VenueRefused fact{report, 0, Text::truncated(found[tag::kText]), false};
    reader.read(tag::kOrdRejReason, found[tag::kOrdRejReason], fact.venue_reason);
    return fact;
}

InputBody status(ValueReader& reader, const Report& found, const oms::VenueReport& report) {
    oms::VenueStatus fact;
    fact.report = report;
    reader.read(tag::kOrderQty, found[tag::kOrderQty], fact.quantity);
    reader.read(tag::kCumQty, found[tag::kCumQty], fact.filled);
    reader.read(tag::kPrice, found[tag::kPrice], fact.limit);
    fact.average_price = average_price(found[tag::kAvgPx]);
    fact.status = status_of(found[tag::kOrdStatus], fact.filled);
    fact.known = fact.status != oms::OrdStatus::Rejected;
    return fact;
}

/// Nothing for states of the venue's that are no news to us: pending, calculated.
std::optional<InputBody> fact_of_exec_type(ValueReader& reader, const Report& found,
                                           const oms::VenueReport& report) {
    switch (code_of(found[tag::kExecType])) {
        case '0': return oms::VenueAccepted{report};
        case '1':
        case '2':
        case 'F': return filled(reader, found, report);
        case '3': return with_filled(found, oms::VenueDoneForDay{report});
        case '4': return cancelled(found, report);
        case '5':
        case 'D': return amended(reader, found, report);
        case '7': return stopped(reader, found, report);
        case '8': return refused(reader, found, report);
        case '9': return oms::VenueSuspended{report};
        case 'C': return with_filled(found, oms::VenueExpired{report});
        case 'G': return corrected(reader, found, report);
        case 'H': return busted(reader, found, report);
        case 'I': return status(reader, found, report);
        case 'L': return oms::VenueTriggered{report};
        case '6':
        case 'A':
        case 'B':
        case 'E': return std::nullopt;
        default: break;  // not an enum: any character
    }
    reader.complain(tag::kExecType, found[tag::kExecType], "is not served");
    return std::nullopt;
}

std::optional<InputBody> fact_of_report(ValueReader& reader, const Report& found,
                                        const oms::VenueReport& report, Version version) {
    if (version != Version::Fix42) return fact_of_exec_type(reader, found, report);
    switch (code_of(found[tag::kExecTransType])) {
        case '0': return fact_of_exec_type(reader, found, report);
        case '1': return busted(reader, found, report);
        case '2': return corrected(reader, found, report);
        case '3': return status(reader, found, report);
        default: break;  // not an enum: any character
    }
    reader.complain(tag::kExecTransType, found[tag::kExecTransType], "is not served");
    return std::nullopt;
}

oms::OrderType order_type(std::string_view value) {
    constexpr std::string_view kServed = "1234JP";
    const bool is_served = value.size() == 1 && kServed.find(value[0]) != std::string_view::npos;
    return is_served ? static_cast<oms::OrderType>(value[0]) : oms::OrderType::Unsupported;
}

/// Absent it is a day order, as in a new order.
oms::TimeInForce time_in_force(std::string_view value) {
    constexpr std::string_view kServed = "0123467B";
    if (value.empty()) return oms::TimeInForce::Day;
    const bool is_served = value.size() == 1 && kServed.find(value[0]) != std::string_view::npos;
    return is_served ? static_cast<oms::TimeInForce>(value[0]) : oms::TimeInForce::Unsupported;
}

oms::VenueTerms terms_of(ValueReader& reader, const Report& found) {
    oms::VenueTerms terms;
    reader.read(tag::kClOrdId, found[tag::kClOrdId], terms.cl_ord_id);
    reader.read(tag::kAccount, found[tag::kAccount], terms.account);
    reader.read(tag::kSymbol, found[tag::kSymbol], terms.symbol);
    if (!found[tag::kSide].empty()) terms.side = static_cast<oms::Side>(code_of(found[tag::kSide]));
    terms.type = order_type(found[tag::kOrdType]);
    terms.time_in_force = time_in_force(found[tag::kTimeInForce]);
    reader.read(tag::kOrderQty, found[tag::kOrderQty], terms.quantity);
    reader.read(tag::kCumQty, found[tag::kCumQty], terms.filled);
    reader.read(tag::kPrice, found[tag::kPrice], terms.limit);
    terms.average_price = average_price(found[tag::kAvgPx]);
    terms.status = status_of(found[tag::kOrdStatus], terms.filled);
    return terms;
}

oms::BookPlace place_of(ValueReader& reader, const Report& found, const VenueContext& context) {
    oms::BookPlace place;
    place.request = oms::parse_book_request_id(context.ids, found[tag::kMassStatusReqId]);
    if (place.request == 0) return place;
    reader.read(tag::kTotNumReports, found[tag::kTotNumReports], place.total);
    place.is_last = code_of(found[tag::kLastRptRequested]) == 'Y';
    return place;
}

/// ExecType(150) as of 4.4, whatever the version.
oms::ExecType exec_type(const Report& found, Version version) {
    if (version == Version::Fix42) {
        const char transaction = code_of(found[tag::kExecTransType]);
        if (transaction == '1') return oms::ExecType::TradeCancel;
        if (transaction == '2') return oms::ExecType::TradeCorrect;
        if (transaction == '3') return oms::ExecType::OrderStatus;
    }
    const char code = code_of(found[tag::kExecType]);
    return code == '1' || code == '2' ? oms::ExecType::Trade : static_cast<oms::ExecType>(code);
}

/// An order that is not known by an id of ours, or a line of a list.
std::optional<InputBody> told(ValueReader& reader, const Report& found, const VenueContext& context,
                              const oms::VenueReport& report) {
    oms::VenueOrderTold fact;
    fact.report = report;
    fact.place = place_of(reader, found, context);
    fact.terms = terms_of(reader, found);
    const bool is_no_order = report.venue_order_id.empty() && fact.terms.status == oms::OrdStatus::Rejected;
    if (fact.place.request != 0 && is_no_order)
        return oms::VenueBookTold{
            context.venue, fact.place.request, false, Text::truncated(found[tag::kText])};
    fact.exec_type = exec_type(found, context.version);
    reader.read(tag::kLastQty, found[tag::kLastQty], fact.last_quantity);
    reader.read(tag::kLastPx, found[tag::kLastPx], fact.last_price);
    reader.read(tag::kExecRefId, found[tag::kExecRefId], fact.exec_ref_id);
    return fact;
}

std::optional<InputBody> execution_report(ValueReader& reader, const Report& found,
                                          const VenueContext& context) {
    const oms::VenueReport report = report_of(reader, found, context);
    // What is no fact about an order of ours is none about another's either: pending, or not served.
    const auto fact = fact_of_report(reader, found, report, context.version);
    const bool is_line = !found[tag::kMassStatusReqId].empty();
    return fact && (report.child.is_none() || is_line) ? told(reader, found, context, report) : fact;
}
/// OrdStatus(39) of an order that can have no more of anything: filled, done for the day, canceled, rejected,
/// expired.
bool says_ended(std::string_view status) {
    return status.size() == 1 && std::string_view{"2348C"}.find(status[0]) != std::string_view::npos;
}

InputBody cancel_reject(ValueReader& reader, const Report& found, const VenueContext& context) {
    oms::VenueRequestRefused fact;
    fact.report = report_of(reader, found, context);
    if (code_of(found[tag::kCxlRejResponseTo]) == static_cast<char>(oms::CancelRejectTo::ReplaceRequest))
        fact.response_to = oms::CancelRejectTo::ReplaceRequest;
    reader.read(tag::kCxlRejReason, found[tag::kCxlRejReason], fact.venue_reason);
    fact.text = Text::truncated(found[tag::kText]);
    fact.order_has_ended = says_ended(found[tag::kOrdStatus]);
    return fact;
}

/// BusinessMessageReject(j) is the venue's "no" to a request only if it says to which.
std::optional<InputBody> business_reject(ValueReader& reader, const Report& found,
                                         const VenueContext& context) {
    oms::VenueReport report;
    report.venue = context.venue;
    const oms::ChildRequest request = request_of(context, found[tag::kBusinessRejectRefId], {});
    report.child = request.child;
    report.revision = request.revision;
    std::uint32_t reason = 0;
    reader.read(tag::kBusinessRejectReason, found[tag::kBusinessRejectReason], reason);
    const Text text = Text::truncated(found[tag::kText]);
    const std::string_view type = found[tag::kRefMsgType];
    const std::uint32_t book = oms::parse_book_request_id(context.ids, found[tag::kBusinessRejectRefId]);
    if (book != 0) return oms::VenueBookTold{context.venue, book, true, text};
    const std::uint32_t positions =
        oms::parse_position_request_id(context.ids, found[tag::kBusinessRejectRefId]);
    if (positions != 0)
        return oms::VenuePositionTold{
            context.venue, positions, oms::PositionAnswer::Refused, 0, {}, {}, {}, text};
    if (request.child.is_none() || (type != "D" && type != "F" && type != "G")) {
        reader.complain({35, "MsgType"}, "j",
                        found[tag::kText].empty() ? "names none of our requests" : found[tag::kText]);
        return std::nullopt;
    }
    if (type == "D") return oms::VenueRefused{report, reason, text, true};
    const auto to = type == "G" ? oms::CancelRejectTo::ReplaceRequest : oms::CancelRejectTo::CancelRequest;
    return oms::VenueRequestRefused{report, to, reason, text, true};
}

/// Keeps the better of two prices; `better` tells whether the first argument beats the second.
template <class Better>
void keep_best(std::optional<Price>& kept, const std::optional<Price>& offered, Better better) {
    if (offered && (!kept || better(*offered, *kept))) kept = offered;
}

/// The top of the book, the last trade and the settlement price, which stands for the mark, out of a full
/// refresh.
InputBody quote(ValueReader& reader, const MessageIndex& message, const VenueContext& context) {
    oms::QuoteChanged fact;
    fact.venue = context.venue;
    const std::string_view symbol = message.find(tag::kSymbol).value_or(std::string_view{});
    reader.require(tag::kSymbol, symbol);
    reader.read(tag::kSymbol, symbol, fact.symbol);
    char entry_type = '\0';
    for (const FieldRef& field : message.fields()) {
        if (field.tag == tag::kMdEntryType) entry_type = code_of(message.value(field));
        if (field.tag != tag::kMdEntryPx) continue;
        std::optional<Price> price;
        reader.read(tag::kMdEntryPx, message.value(field), price);
        if (entry_type == '0') keep_best(fact.bid, price, [](Price a, Price b) { return a > b; });
        if (entry_type == '1') keep_best(fact.ask, price, [](Price a, Price b) { return a < b; });
        if (entry_type == '2') fact.last = price;
        if (entry_type == '6') fact.mark = price;
    }
    return fact;
}

std::optional<InputBody> read_fact(ValueReader& reader, const MessageIndex& message,
                                   const VenueContext& context) {
    const std::string_view type = message.msg_type();
    if (type == "8") return execution_report(reader, Report(message), context);
    if (type == "9") return cancel_reject(reader, Report(message), context);
    if (type == "j") return business_reject(reader, Report(message), context);
    if (type == "W") return quote(reader, message, context);
    if (type == "AO" || type == "AP") return decode_position(reader, message, context);
    // Never subscribed to, or of no consequence: incremental data, news, session and security states, and
    // the state of lists, which venues are sent none of.
    const bool harmless = type == "X" || type == "B" || type == "h" || type == "f" || type == "N";
    if (!harmless) reader.complain({35, "MsgType"}, type, "is not served");
    return std::nullopt;
}

}  // namespace

std::optional<oms::InputBody> decode_venue(const MessageIndex& message, const VenueContext& context,
                                           Text* problem) {
    ValueReader reader;
    auto fact = read_fact(reader, message, context);
    if (reader.complaint() == ValueReader::Complaint::None) return fact;
    if (problem != nullptr) *problem = reader.text();
    return std::nullopt;
}

}  // namespace penstock::fix
