#include "oms/engine/core.hpp"
#include "oms/engine/digest.hpp"

namespace penstock::oms {
namespace {

void add_order(Digest& digest, const OrderStore& orders, const Order& order) {
    digest.add(order.id.value);
    digest.add(std::uint64_t{order.session.value});
    digest.add(std::uint64_t{order.account.value});
    digest.add(std::uint64_t{order.instrument.value});
    digest.add(static_cast<std::uint64_t>(order.side));
    digest.add(static_cast<std::uint64_t>(order.type));
    digest.add(static_cast<std::uint64_t>(order.time_in_force));
    digest.add(std::uint64_t{order.has_limit});
    digest.add(std::uint64_t{order.has_cancel_id});
    digest.add(std::uint64_t{order.awaits_venue});
    digest.add(std::uint64_t{order.awaits_by_request});
    digest.add(static_cast<std::uint64_t>(order.on_disconnect));
    digest.add(order.limit.value);
    digest.add(order.state);
    digest.add(orders.text(order.cl_ord_id).view());
}

void add_special(Digest& digest, const OrderStore& orders, const Special& special) {
    digest.add(special.conditions);
    digest.add(std::uint64_t{special.holds});
    digest.add(std::uint64_t{special.emulates});
    digest.add(static_cast<std::uint64_t>(special.watch));
    digest.add(std::uint64_t{special.triggered});
    digest.add(std::uint64_t{special.watched.value});
    digest.add(std::uint64_t{special.has_stop});
    digest.add(std::uint64_t{special.has_watermark});
    digest.add(special.stop.value);
    digest.add(special.watermark.value);
    digest.add(special.cap);
    digest.add(special.due);
    digest.add(std::uint64_t{special.peg_place});
    digest.add(std::uint64_t{special.slices});
    digest.add(special.trim.value);
    digest.add(std::uint64_t{special.trim_tries});
    digest.add(static_cast<std::uint64_t>(special.day_since.ns));
    digest.add(std::uint64_t{special.is_stuck});
    if (special.watch == Watch::Met && !special.watch_links.next.is_none())
        digest.add(orders[orders[special.watch_links.next].order].id.value);
}

void add_child(Digest& digest, const OrderStore& orders, const Child& child) {
    digest.add(child.id.value);
    digest.add(std::uint64_t{child.venue.value});
    digest.add(std::uint64_t{child.next_revision});
    digest.add(std::uint64_t{child.asked_revision});
    digest.add(std::uint64_t{child.asked_by});
    digest.add(std::uint64_t{child.older_questions});
    digest.add(std::uint64_t{child.has_question});
    digest.add(std::uint64_t{child.accepted_revision});
    digest.add(std::uint64_t{child.awaits_answer});
    digest.add(std::uint64_t{child.is_held});
    digest.add(std::uint64_t{child.is_asked});
    digest.add(std::uint64_t{child.was_asked_twice});
    digest.add(std::uint64_t{child.was_given_up});
    digest.add(std::uint64_t{child.is_adopted});
    digest.add(std::uint64_t{child.is_short});
    digest.add(std::uint64_t{child.has_inferred});
    digest.add(std::uint64_t{child.not_found});
    digest.add(std::uint64_t{child.told_in_book});
    digest.add(std::uint64_t{child.tells_less});
    digest.add(std::uint64_t{child.was_settled});
    digest.add(std::uint64_t{child.was_revived});
    digest.add(std::uint64_t{child.is_split});
    digest.add(std::uint64_t{child.has_turned});
    digest.add(std::uint64_t{child.disputes});
    digest.add(std::uint64_t{child.told_for.value});
    digest.add(static_cast<std::uint64_t>(child.asked_at.ns));
    digest.add(child.state);
    digest.add(child.venue_order_id.view());
    for (Slot<FillRecord> at = child.first_fill; !at.is_none(); at = orders[at].next_of_child) {
        const FillRecord& fill = orders[at];
        digest.add(fill.exec_id.view());
        digest.add(fill.reported_as.value);
        digest.add(std::uint64_t{fill.is_superseded});
        digest.add(std::uint64_t{fill.is_inferred});
        digest.add(fill.quantity.value);
        digest.add(fill.price.value);
    }
}

void add_limits(Digest& digest, const std::optional<risk::AccountLimits>& limits) {
    digest.add(std::uint64_t{limits.has_value()});
    if (!limits) return;
    digest.add(limits->max_quantity ? limits->max_quantity->value : Decimal::whole(-1));
    digest.add(limits->max_notional ? limits->max_notional->value : Decimal::whole(-1));
    digest.add(limits->collar_percent.value_or(Decimal::whole(-1)));
    digest.add(static_cast<std::uint64_t>(limits->max_reference_age.ns));
}

void add_directory(Digest& digest, const Directory& directory) {
    for (const Session& session : directory.sessions()) {
        digest.add(session.name.view());
        digest.add(static_cast<std::uint64_t>(session.role));
        digest.add(std::uint64_t{session.default_account.value});
        digest.add(static_cast<std::uint64_t>(session.pending_reports));
        digest.add(std::uint64_t{session.one_request_at_a_time});
        digest.add(std::uint64_t{session.cancel_on_disconnect});
        digest.add(std::uint64_t{session.conflate_amends});
        digest.add(static_cast<std::uint64_t>(session.disconnect_grace.ns));
        digest.add(static_cast<std::uint64_t>(session.disconnect_scope));
        digest.add(static_cast<std::uint64_t>(session.on_logout));
        digest.add(static_cast<std::uint64_t>(session.mass_cancel));
        digest.add(std::uint64_t{session.is_up});
        digest.add(std::uint64_t{session.logged_out});
        digest.add(static_cast<std::uint64_t>(session.cancel_due.ns));
        for (const bool is_permitted : session.permitted) digest.add(std::uint64_t{is_permitted});
        for (const AccountOnDisconnect what : session.on_disconnect)
            digest.add(static_cast<std::uint64_t>(what));
    }
    for (const Venue& venue : directory.venues()) {
        digest.add(venue.name.view());
        digest.add(std::uint64_t{venue.session.value});
        digest.add(std::uint64_t{venue.concurrent_amends});
        digest.add(std::uint64_t{venue.amend_quantity_is_total});
        digest.add(std::uint64_t{venue.asks_on_logon});
        digest.add(std::uint64_t{venue.features});
        digest.add(std::uint64_t{venue.mass_status});
        digest.add(static_cast<std::uint64_t>(venue.reconcile_within.ns));
        digest.add(std::uint64_t{venue.trades_unreconciled});
        digest.add(static_cast<std::uint64_t>(venue.check_every.ns));
        digest.add(std::uint64_t{venue.infers_fills});
        digest.add(static_cast<std::uint64_t>(venue.check_positions.ns));
        digest.add(static_cast<std::uint64_t>(venue.answer_timeout.ns));
        digest.add(static_cast<std::uint64_t>(venue.day_began.ns));
        digest.add(static_cast<std::uint64_t>(venue.day_ends.ns));
    }
    for (const Instrument& instrument : directory.instruments()) {
        digest.add(instrument.symbol.view());
        digest.add(std::uint64_t{instrument.default_venue.value});
        digest.add(instrument.price_increment);
        digest.add(std::uint64_t{instrument.quantity_increment.has_value()});
        if (instrument.quantity_increment) digest.add(instrument.quantity_increment->value);
    }
    for (const Account& account : directory.accounts()) {
        digest.add(account.name.view());
        add_limits(digest, account.limits);
    }
}

void add_request(Digest& digest, const OrderStore& orders, const Request& request) {
    digest.add(static_cast<std::uint64_t>(request.kind));
    digest.add(std::uint64_t{request.is_sent});
    digest.add(std::uint64_t{request.is_cancel_to_venue});
    digest.add(std::uint64_t{request.has_kept_place});
    digest.add(std::uint64_t{request.is_superseded});
    digest.add(static_cast<std::uint64_t>(request.cause));
    digest.add(std::uint64_t{request.revision});
    if (!request.child.is_none()) digest.add(orders[request.child].id.value);
    digest.add(orders.text(request.cl_ord_id).view());
    digest.add(request.quantity.value);
    digest.add(request.child_quantity.value);
    digest.add(std::uint64_t{request.has_limit});
    digest.add(request.limit.value);
    if (!request.wish.is_none()) digest.add(orders[request.wish]);
}

void add_book(Digest& digest, const VenueBook& book) {
    digest.add(static_cast<std::uint64_t>(book.state));
    digest.add(static_cast<std::uint64_t>(book.due.ns));
    digest.add(std::uint64_t{book.place});
    digest.add(std::uint64_t{book.is_after_list});
    digest.add(std::uint64_t{book.is_slow});
    digest.add(std::uint64_t{book.request});
    digest.add(std::uint64_t{book.awaits_list});
    digest.add(std::uint64_t{book.is_unanswered});
    digest.add(std::uint64_t{book.tries});
    digest.add(std::uint64_t{book.told});
    digest.add(static_cast<std::uint64_t>(book.asked_at.ns));
    digest.add(static_cast<std::uint64_t>(book.next_check.ns));
}

void add_positions(Digest& digest, const Positions& positions) {
    for (const Position& one : positions.all()) {
        digest.add(std::uint64_t{one.key.venue.value});
        digest.add(std::uint64_t{one.key.account.value});
        digest.add(std::uint64_t{one.key.instrument.value});
        for (const Quantity quantity : {one.ours, one.opening, one.told, one.difference, one.apart})
            digest.add(quantity.value);
        digest.add(std::uint64_t{one.named_in});
        digest.add(std::uint64_t{one.orphan_filled_in});
        for (const bool is_so : {one.has_opening, one.has_moved, one.is_doubted, one.differs, one.is_lost})
            digest.add(std::uint64_t{is_so});
    }
    for (const PositionQuestion& question : positions.questions) {
        digest.add(std::uint64_t{question.request});
        digest.add(std::uint64_t{question.account.value});
        digest.add(std::uint64_t{question.told});
        digest.add(std::uint64_t{question.total});
        digest.add(question.asked_at);
        digest.add(question.next);
        digest.add(std::uint64_t{question.was_missed});
        digest.add(std::uint64_t{question.is_whole});
        digest.add(std::uint64_t{question.looked_at});
        for (const bool has_told : question.has_told) digest.add(std::uint64_t{has_told});
    }
    digest.add(std::uint64_t{positions.was_full});
}

void add_job(Digest& digest, const BulkJob& job) {
    digest.add(static_cast<std::uint64_t>(job.kind));
    digest.add(std::uint64_t{job.session.value});
    digest.add(std::uint64_t{job.venue.value});
    digest.add(job.report.cl_ord_id.view());
    digest.add(job.report.report_id.value);
    digest.add(std::uint64_t{job.report.affected});
    digest.add(std::uint64_t{job.report.missed});
    digest.add(job.no_order.request_id.view());
    digest.add(job.no_order.symbol.view());
    digest.add(job.no_order.account.view());
    digest.add(std::uint64_t{job.next});
    for (const BulkOrder& one : job.orders) digest.add(one.id.value);
}

}  // namespace

std::uint64_t Core::state_hash() const {
    const OrderStore& orders = world_.orders;
    Digest digest;
    digest.add(orders.counters_hash());
    add_directory(digest, world_.directory);
    digest.add(world_.groups.state_hash());
    digest.add(std::uint64_t{world_.journal.is_nearly_full});
    digest.add(std::uint64_t{world_.directory.is_halted()});
    digest.add(std::uint64_t{world_.watches.armed()});
    for (const VenueBook& book : world_.books) add_book(digest, book);
    for (const VenueOrder& order : world_.venue_orders.all()) {
        digest.add(std::uint64_t{order.number});
        digest.add(std::uint64_t{order.venue.value});
        digest.add(order.id.view());
        digest.add(order.terms);
        digest.add(std::uint64_t{order.has_ended});
        digest.add(order.child.value);
        digest.add(order.order_id.value);
        digest.add(order.filled_before.value);
        digest.add(order.filled_in_opening.value);
    }
    for (const ForeignId& former : world_.venue_orders.former()) {
        digest.add(former.child.value);
        digest.add(former.cl_ord_id.view());
    }
    add_positions(digest, world_.positions);
    for (const BulkJob& job : world_.bulk) add_job(digest, job);
    for (const BulkOrder& one : world_.slices_to_cut) digest.add(one.id.value);
    world_.refused.for_each([&](const RefusedOrder& refused) {
        digest.add(refused.id.value);
        digest.add(std::uint64_t{refused.order.session.value});
        digest.add(refused.order.cl_ord_id.view());
        digest.add(static_cast<std::uint64_t>(refused.denial.reason));
    });
    world_.prices.for_each([&](VenueId venue, InstrumentId instrument, const marketdata::Quote& quote) {
        digest.add(std::uint64_t{venue.value});
        digest.add(std::uint64_t{instrument.value});
        digest.add(quote.bid);
        digest.add(quote.ask);
        digest.add(quote.last);
        digest.add(quote.mark);
        digest.add(static_cast<std::uint64_t>(quote.time.ns));
    });
    for (Slot<Child> at = orders.longest_waiting(); !at.is_none(); at = orders[at].waits_after) {
        digest.add(orders[at].id.value);
        digest.add(static_cast<std::uint64_t>(orders[at].asked_at.ns));
    }
    orders.for_each_order([&](Slot<Order> slot) {
        const Order& order = orders[slot];
        add_order(digest, orders, order);
        if (!order.special.is_none()) add_special(digest, orders, orders[order.special]);
        for (Slot<Child> at = order.first_child; !at.is_none(); at = orders[at].next_of_order)
            add_child(digest, orders, orders[at]);
        for (Slot<Request> at = order.first_request; !at.is_none(); at = orders[at].next)
            add_request(digest, orders, orders[at]);
    });
    return digest.value();
}

}  // namespace penstock::oms
