#include "persistence/history/order_events.hpp"

#include "oms/domain/print.hpp"
#include "persistence/history/event_words.hpp"

namespace penstock::history {
namespace {

std::uint32_t number_of(const oms::Record& record, std::uint32_t output, SessionId session) {
    for (const oms::WireNumber& number : record.numbers)
        if (number.output == output && number.session == session) return number.msg_seq_num;
    return 0;
}

/// The message an output left as, where records keep it: those of all numbers lie one after the other.
std::string_view sent_as(const oms::Record& record, std::uint32_t output, SessionId session) {
    std::size_t at = 0;
    for (const oms::WireNumber& number : record.numbers) {
        if (number.output == output && number.session == session)
            return std::string_view(record.sent).substr(at, number.bytes);
        at += number.bytes;
    }
    return {};
}

/// What a venue said of the execution this record is about.
const oms::VenueReport* report_of(const oms::InputBody& body) {
    if (const auto* filled = std::get_if<oms::VenueFilled>(&body)) return &filled->report;
    if (const auto* busted = std::get_if<oms::FillBusted>(&body)) return &busted->report;
    if (const auto* corrected = std::get_if<oms::FillCorrected>(&body)) return &corrected->report;
    return nullptr;
}

VenueExecId reference_of(const oms::InputBody& body) {
    if (const auto* busted = std::get_if<oms::FillBusted>(&body)) return busted->exec_ref_id;
    if (const auto* corrected = std::get_if<oms::FillCorrected>(&body)) return corrected->exec_ref_id;
    return {};
}

Decimal negative(Decimal value) {
    const auto made = subtract(Decimal{}, value);
    return made ? *made : Decimal{};
}

bool is_execution(oms::ExecType type) {
    return type == oms::ExecType::Trade || type == oms::ExecType::TradeCancel ||
           type == oms::ExecType::TradeCorrect;
}

}  // namespace

void OrderEvents::fold(const oms::Record& record, Rows& rows) {
    names_.learn(record.input, rows);
    book_.take(record);
    const Known known{space_, names_, book_};
    OrderEvent row = begin(record, 0, oms::name_of(record.input.body));
    if (describe_input(row, known, record.input.body)) {
        if (!record.input.origin.session.is_none()) row.session = names_.session(record.input.origin.session);
        row.msg_seq_num = record.input.origin.msg_seq_num;
        row.raw = record.raw;
        if (row.order_id.is_none()) find_by_execution(record, row);
        if (std::holds_alternative<oms::AdoptVenueOrder>(record.input.body)) find_adopted(record, row);
        set_market(row, known);
        rows.add(row);
    }
    add_legs(record, rows);
    std::uint64_t index = book_.entered_legs().size();
    for (std::uint32_t i = 0; i < record.outputs.size(); ++i) {
        const oms::Output& output = record.outputs[i];
        row = begin(record, ++index, oms::name_of(output));
        describe_output(row, known, output);
        row.msg_seq_num = number_of(record, i, oms::destination(output));
        row.raw = sent_as(record, i, oms::destination(output));
        set_market(row, known);
        rows.add(row);
        if (const auto* report = std::get_if<oms::ExecutionReport>(&output))
            if (is_execution(report->exec_type)) add_execution(record, index, *report, rows);
    }
    for (const OrderId id : book_.changed()) rows.put(*book_.order(id));
}

OrderEvent OrderEvents::begin(const oms::Record& record, std::uint64_t index, std::string_view kind) const {
    OrderEvent row;
    row.seq = record.input.seq;
    row.index = index;
    row.time = record.input.time;
    row.kind = kind;
    return row;
}

/// A bust or a correction may name nothing but the execution it is about.
void OrderEvents::find_by_execution(const oms::Record& record, OrderEvent& row) const {
    for (const oms::Output& output : record.outputs) {
        const auto* const report = std::get_if<oms::ExecutionReport>(&output);
        if (report == nullptr || !is_execution(report->exec_type)) continue;
        const TradeSeen* const trade = book_.trade(report->exec_id);
        if (trade != nullptr) fill_from_child(row, {space_, names_, book_}, trade->child);
        return;
    }
}

/// The order that one at a venue has become. None when it was not adopted.
void OrderEvents::find_adopted(const oms::Record& record, OrderEvent& row) const {
    for (const oms::Output& output : record.outputs)
        if (const auto* const kept = std::get_if<oms::VenueOrderKept>(&output))
            fill_from_order(row, {space_, names_, book_}, kept->order_id);
}

/// The legs of a list have no order id before the list is entered; then each is told once more.
void OrderEvents::add_legs(const oms::Record& record, Rows& rows) const {
    const Known known{space_, names_, book_};
    std::uint64_t index = 0;
    for (const Book::Leg& leg : book_.entered_legs()) {
        OrderEvent row = begin(record, ++index, "ListOrder");
        row.direction = Direction::FromClient;
        row.session = row.actor = names_.session(leg.order.session);
        row.msg_seq_num = record.input.origin.msg_seq_num;
        fill_from_order(row, known, leg.id);
        fill_from_new(row, known, leg.order);
        set_limits(row, known);
        set_market(row, known);
        row.raw = record.raw;
        rows.add(row);
    }
}

void OrderEvents::add_execution(const oms::Record& record, std::uint64_t index,
                                const oms::ExecutionReport& report, Rows& rows) const {
    Execution row;
    row.seq = record.input.seq;
    row.index = index;
    row.time = record.input.time;
    row.exec_id = report.exec_id;
    row.exec_ref_id = report.exec_ref_id;
    row.order_id = report.order_id;
    row.session = names_.session(report.session);
    row.cl_ord_id = report.cl_ord_id;
    row.account = report.account;
    row.venue = report.venue;
    row.symbol = report.symbol;
    row.side = static_cast<char>(report.side);
    row.filled = report.filled.value;
    row.leaves = report.leaves.value;
    row.average_price = report.average_price.value;
    if (const oms::VenueReport* said = report_of(record.input.body)) {
        row.venue_exec_id = said->exec_id;
        row.venue_order_id = said->venue_order_id;
        row.venue_time = said->venue_time;
    }
    row.venue_exec_ref_id = reference_of(record.input.body);
    if (const TradeSeen* trade = book_.trade(report.exec_id)) row.child_id = trade->child;
    if (report.exec_type != oms::ExecType::Trade) {
        const TradeSeen* const before = book_.trade(report.exec_ref_id);
        row.kind =
            report.exec_type == oms::ExecType::TradeCancel ? ExecutionKind::Bust : ExecutionKind::Reversal;
        if (before != nullptr) row.quantity = before->quantity;
        if (before != nullptr) row.price = before->price;
        row.net_quantity = negative(row.quantity);
        rows.add(row);
        if (row.kind == ExecutionKind::Bust) return;
    }
    row.kind = report.exec_type == oms::ExecType::Trade ? ExecutionKind::Trade : ExecutionKind::Correction;
    row.quantity = row.net_quantity = report.last_quantity.value;
    row.price = report.last_price ? report.last_price->value : Decimal{};
    rows.add(row);
}

}  // namespace penstock::history
