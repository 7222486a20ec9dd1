#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "oms/engine/handlers/fills.hpp"
#include "oms/engine/handlers/reports.hpp"

// Fills that the venue counts and nobody reported. They are kept apart, because their reports may
// come yet, and then count in their place.

namespace penstock::oms {
namespace {

/// The price that makes `average` of all that is filled. Exact where the average is; else rounded as AvgPx(6)
/// is. None when there is no such price.
std::optional<Price> missing_price(const OrderState& known, Quantity missing, Quantity told, Price average) {
    const auto rest = subtract(average * told, known.notional);
    if (!rest) return std::nullopt;
    const Price price = average_price(*rest, missing, kAveragePriceScale);
    return price.is_positive() ? std::optional{price} : std::nullopt;
}

/// Further from it than a tenth? A venue rounds its average, and the small rest of a large order then has any
/// price at all.
bool is_far(Price price, Price average) {
    const Notional ten = price * Quantity::whole(10);
    return ten > average * Quantity::whole(11) || ten < average * Quantity::whole(9);
}

bool is_worse(const Order& order, Price price) {
    if (!order.has_limit) return false;
    return order.side == Side::Buy ? price > order.limit : price < order.limit;
}

/// A venue that busts leaves a CumQty(14) of before the bust and one of after it apart by what was busted.
bool has_bust(const OrderStore& orders, Slot<Child> child) {
    for (Slot<FillRecord> at = orders[child].first_fill; !at.is_none(); at = orders[at].next_of_child)
        if (orders[at].is_superseded && !orders[at].is_inferred && orders[at].quantity.is_zero())
            return true;  // the record of a bust
    return false;
}

/// Is it just as large as an inferred fill that nobody has reported?
bool is_as_inferred(const OrderStore& orders, Slot<Child> child, Quantity quantity) {
    for (Slot<FillRecord> at = orders[child].first_fill; !at.is_none(); at = orders[at].next_of_child)
        if (orders[at].is_inferred && !orders[at].is_superseded && orders[at].quantity == quantity)
            return true;
    return false;
}

/// How much of this report was inferred before. Without CumQty(14) all of it may be: what is inferred makes
/// way first. A CumQty(14) tells how much is booked beyond what filled before the report; after a bust it may
/// tell too little, so that a report of the same size counts as that of the inferred fill.
std::optional<Quantity> was_inferred(const OrderStore& orders, Slot<Child> slot, const VenueFilled& body) {
    if (!body.filled || body.filled->is_zero()) return body.quantity;
    if (has_bust(orders, slot) && is_as_inferred(orders, slot, body.quantity)) return body.quantity;
    const auto before = subtract(*body.filled, body.quantity);
    if (!before) return std::nullopt;
    const auto overlap = subtract(orders[slot].state.filled, *before);
    return overlap ? std::optional{std::min(*overlap, body.quantity)} : std::nullopt;
}

/// The same world gives the same ids.
VenueExecId inferred_id(ExecId last) {
    constexpr std::string_view kPrefix = "INFERRED-";
    std::array<char, 32> text{};
    char* const digits = std::ranges::copy(kPrefix, text.data()).out;
    const auto end = std::to_chars(digits, text.data() + text.size(), last.value).ptr;
    return VenueExecId::truncated({text.data(), static_cast<std::size_t>(end - text.data())});
}

/// So much of an inferred fill was traded at `price`. The rest keeps the money that is left. Where no number
/// tells how much that is, the fill stays whole.
void take_back(const Context& context, Slot<FillRecord> slot, Quantity taken, Price price) {
    FillRecord& fill = context.orders()[slot];
    const auto rest = subtract(fill.quantity, taken);
    const auto money = subtract(fill.price * fill.quantity, price * taken);
    if (!rest || !money) return;
    Price rest_price = fill.price;
    if (rest->is_positive()) {
        const Price left = average_price(*money, *rest, kAveragePriceScale);
        if (left.is_positive()) rest_price = left;
    }
    const bool is_gone = rest->is_zero();
    if (is_gone) rest_price = {};
    if (!revise(context, fill, *rest, rest_price)) return;
    const Slot<Order> order = context.orders()[fill.child].order;
    ExecutionReport& out = report(context, order, is_gone ? ExecType::TradeCancel : ExecType::TradeCorrect);
    out.exec_ref_id = fill.reported_as;
    out.last_quantity = *rest;
    out.last_price = rest_price;
    out.text = Text::truncated("its own report has come");
    fill.reported_as = out.exec_id;
    fill.is_superseded = is_gone;
    fill.quantity = *rest;
    fill.price = rest_price;
}

}  // namespace

bool has_revised(const OrderStore& orders, Slot<Child> child) {
    for (Slot<FillRecord> at = orders[child].first_fill; !at.is_none(); at = orders[at].next_of_child)
        if (orders[at].is_superseded && !orders[at].is_inferred) return true;
    return false;
}

bool infer_fill(const Context& context, Slot<Child> slot, const VenueReport& report, Quantity filled,
                Price average) {
    OrderStore& orders = context.orders();
    const auto missing = subtract(filled, orders[slot].state.filled);
    if (!missing) return false;
    const auto price = missing_price(orders[slot].state, *missing, filled, average);
    if (!price) return false;
    const Order& order = orders[orders[slot].order];
    const bool is_bounded = is_worse(order, *price) || is_far(*price, average);
    const Price bounded = is_worse(order, average) ? order.limit : average;
    VenueFilled made{report, *missing, is_bounded ? bounded : *price, filled};
    made.report.exec_id = inferred_id(orders.next_exec_id());
    orders[slot].is_short = false;
    orders[slot].has_turned = false;
    alarm(context, AlarmKind::InferredFill, slot, made.report,
          is_bounded ? "booked at the venue's average, not beyond the limit: its numbers make no such price"
                     : "booked from what the venue counts: nobody reported it");
    const Slot<FillRecord> fill = book_execution(context, slot, made);
    if (fill.is_none()) return true;
    orders[fill].is_inferred = true;
    orders[slot].has_inferred = true;
    return true;
}

void take_back_inferred(const Context& context, Slot<Child> slot, const VenueFilled& body) {
    OrderStore& orders = context.orders();
    const std::optional<Quantity> inferred = was_inferred(orders, slot, body);
    if (!inferred) return;
    Quantity open = *inferred;
    bool is_any_left = false;
    for (Slot<FillRecord> at = orders[slot].first_fill; !at.is_none(); at = orders[at].next_of_child) {
        if (!orders[at].is_inferred || orders[at].is_superseded) continue;
        const Quantity taken = std::min(open, orders[at].quantity);
        if (taken.is_positive()) {
            take_back(context, at, taken, body.price);
            // Where no number tells how much is left, no more is taken.
            const auto left = subtract(open, taken);
            open = left ? *left : Quantity{};
        }
        is_any_left = is_any_left || !orders[at].is_superseded;
    }
    orders[slot].has_inferred = is_any_left;
}

}  // namespace penstock::oms
