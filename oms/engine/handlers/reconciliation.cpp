#include "oms/engine/handlers/reconciliation.hpp"

#include "oms/engine/handlers/bulk.hpp"
#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/positions.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/single_questions.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/unanswered.hpp"

namespace penstock::oms {
namespace {

/// Why orders are asked about one by one.
enum class Why : std::uint8_t { Logon, List, Check };

void alarm_venue(const Context& context, VenueId venue, std::string_view text) {
    VenueReport report;
    report.venue = venue;
    alarm(context, AlarmKind::NotReconciled, {}, report, text);
}

/// Children of open orders that the venue has not confirmed: asked about, or of unknown outcome. Reads every
/// open order, once for each change of state.
std::uint32_t missing_of(const Context& context, VenueId venue) {
    const OrderStore& orders = context.orders();
    std::uint32_t missing = 0;
    orders.for_each_open({}, [&](Slot<Order> slot) {
        for (Slot<Child> at = orders[slot].first_child; !at.is_none(); at = orders[at].next_of_order) {
            const Child& child = orders[at];
            const bool is_unknown = child.state.outcome_unknown && !is_done(child.state.phase);
            if (child.venue == venue && (child.is_asked || is_unknown)) ++missing;
        }
    });
    return missing;
}

void enter(const Context& context, VenueId venue, Reconciliation state) {
    VenueBook& book = book_of(context, venue);
    book.state = state;
    ReconciliationChanged& out = context.out.emit<ReconciliationChanged>();
    out.venue = venue;
    out.state = state;
    out.told = book.told;
    out.missing = missing_of(context, venue);
    out.orphans = context.world.venue_orders.orphans_of(venue);
}

/// New orders may go there from now on, and what has waited for that goes.
void open(const Context& context, VenueId venue) {
    context.world.directory.set_reconciled(venue, true);
    lift_all_of(context, venue);
    continue_bulk(context);
    retry_groups(context, venue);
}

void be_overdue(const Context& context, VenueId venue) {
    VenueBook& book = book_of(context, venue);
    if (book.state != Reconciliation::Underway) return;
    const bool trades = context.directory()[venue].trades_unreconciled;
    enter(context, venue, Reconciliation::Overdue);
    alarm_venue(context, venue,
                trades ? "its open orders are not confirmed in time; new orders go all the same"
                       : "its open orders are not confirmed in time; no new order goes there");
    if (trades) open(context, venue);
}

/// Is the question about this child open? One that waits for an answer has its own time, unless there is
/// nobody to give it.
bool is_open_question(const Context& context, VenueId venue, const Child& child) {
    if (child.venue != venue || child.is_held || is_done(child.state.phase)) return false;
    const VenueBook& book = book_of(context, venue);
    if (book.is_after_list && child.told_in_book == book.mark()) return false;
    return !child.awaits_answer || (!context.directory()[venue].asks_on_logon && child.state.outcome_unknown);
}

void ask_singly(const Context& context, Slot<Child> slot) {
    OrderStore& orders = context.orders();
    orders[slot].told_in_book = 0;
    if (context.directory()[orders[slot].venue].asks_on_logon) return ask_at_logon(context, slot);
    not_found(context, slot);
    orders.answered(slot);  // the next list tells, or nobody
}

/// Asks about the next working orders of a venue, a slice at a time.
void ask_working(const Context& context, VenueId venue) {
    const OrderStore& orders = context.orders();
    VenueBook& book = book_of(context, venue);
    const int bound = book.is_slow ? kMaxSingleQuestionsPerTick : kMaxReconciledPerTick;
    int asked = 0;
    for (std::uint32_t looked_at = 0; book.place <= orders.places(); ++book.place, ++looked_at) {
        if (asked >= bound || looked_at >= kMaxPlacesLookedAtPerTick) return;
        const Slot<Order> order = orders.order_in(book.place);
        if (order.is_none() || is_finished(orders[order])) continue;
        for (Slot<Child> at = orders[order].first_child; !at.is_none(); at = orders[at].next_of_order) {
            if (!is_open_question(context, venue, orders[at])) continue;
            ask_singly(context, at);
            ++asked;
        }
    }
    book.place = 0;
}

void begin_to_ask(const Context& context, VenueId venue, Why why) {
    VenueBook& book = book_of(context, venue);
    book.place = 1;
    book.is_after_list = why == Why::List;
    book.is_slow = why != Why::Logon;
    ask_working(context, venue);
}

void ask_list(const Context& context, VenueId venue) {
    VenueBook& book = book_of(context, venue);
    ++book.request;
    ++book.tries;
    book.told = 0;
    book.awaits_list = true;
    book.asked_at = context.now;
    VenueMassStatusRequest& out = context.out.emit<VenueMassStatusRequest>();
    out.session = context.directory()[venue].session;
    out.venue = venue;
    out.request = book.request;
}

void ask(const Context& context, VenueId venue, Why why) {
    const Venue& sheet = context.directory()[venue];
    book_of(context, venue).tries = 0;
    if (sheet.mass_status) return ask_list(context, venue);
    if (sheet.asks_on_logon) begin_to_ask(context, venue, why);
}

/// There will be no whole list.
void do_without_list(const Context& context, VenueId venue, std::string_view why) {
    VenueBook& book = book_of(context, venue);
    book.awaits_list = false;
    alarm_venue(context, venue, why);
    if (context.directory()[venue].asks_on_logon) return begin_to_ask(context, venue, Why::List);
    book.is_unanswered = true;
    be_overdue(context, venue);
}

void list_failed(const Context& context, VenueId venue) {
    if (book_of(context, venue).tries < kMaxBookTries) return ask_list(context, venue);
    do_without_list(context, venue, "it does not answer with a whole list of its open orders");
}

void list_told(const Context& context, VenueId venue) {
    book_of(context, venue).awaits_list = false;
    begin_to_ask(context, venue, Why::List);
}

void check_if_due(const Context& context, VenueId venue) {
    VenueBook& book = book_of(context, venue);
    const bool is_busy = book.awaits_list || book.place != 0 || book.state == Reconciliation::Underway;
    if (book.next_check.is_none() || context.now < book.next_check || is_busy) return;
    book.next_check = context.now + context.directory()[venue].check_every;
    book.is_unanswered = false;
    ask(context, venue, Why::Check);
}

}  // namespace

VenueBook& book_of(const Context& context, VenueId venue) {
    auto& books = context.world.books;
    if (books.size() <= venue.value) books.resize(venue.value + 1);
    return books[venue.value];
}

void begin_reconciliation(const Context& context, VenueId venue, bool is_up) {
    begin_to_ask_positions(context, venue, is_up);
    VenueBook& book = book_of(context, venue);
    const std::uint32_t requests = book.request;
    book = {};
    book.request = requests;
    if (!is_up) return;
    const Venue& sheet = context.directory()[venue];
    const bool is_waited_for = sheet.reconcile_within.ns > 0;
    context.world.directory.set_reconciled(venue, !is_waited_for);
    book.state = Reconciliation::Done;
    if (is_waited_for) {
        book.due = context.now + sheet.reconcile_within;
        enter(context, venue, Reconciliation::Underway);
    }
    if (sheet.check_every.ns > 0) book.next_check = context.now + sheet.check_every;
    ask(context, venue, Why::Logon);
}

void go_on_reconciling(const Context& context) {
    give_up_late_positions(context);
    const std::size_t venues = context.world.books.size();
    for (std::uint32_t id = 1; id < venues; ++id) {
        const VenueId venue{id};
        VenueBook& book = book_of(context, venue);
        if (!book.needs_time()) continue;
        const Duration timeout = context.directory()[venue].answer_timeout;
        if (book.awaits_list && context.now - book.asked_at > timeout) list_failed(context, venue);
        if (book.place != 0) ask_working(context, venue);
        if (book.state == Reconciliation::Underway && context.now >= book.due) be_overdue(context, venue);
        check_if_due(context, venue);
    }
}

void settle_reconciliations(const Context& context) {
    const auto& books = context.world.books;
    const std::size_t venues = books.size();
    for (std::uint32_t id = 1; id < venues; ++id) {
        const VenueId venue{id};
        const VenueBook& book = books[id];
        if (!book.is_waited_for() || book.has_open_question() || context.orders().asked_of(venue) != 0)
            continue;
        enter(context, venue, Reconciliation::Done);
        open(context, venue);
    }
}

bool is_awaited(const VenueBook& book, const BookPlace& place) {
    return book.awaits_list && place.request == book.request;
}

void note_line(const Context& context, VenueId venue, const BookPlace& place) {
    VenueBook& book = book_of(context, venue);
    if (!is_awaited(book, place)) return;
    ++book.told;
    book.asked_at = context.now;  // it answers: the timeout is for the next line
    if (book.told > kMaxBookLines)
        return do_without_list(context, venue, "its list of open orders does not end");
    const bool is_all = place.total != 0 && place.total == book.told;
    if (!place.is_last && !is_all) return;
    const bool is_whole = place.total == 0 || place.total == book.told;
    is_whole ? list_told(context, venue) : list_failed(context, venue);
}

void handle(const Context& context, const VenueBookTold& body) {
    if (!context.directory().has(body.venue)) return;
    if (!is_awaited(book_of(context, body.venue), {body.request, 0, true})) return;
    if (!body.is_refused) return list_told(context, body.venue);
    do_without_list(context, body.venue, "it refuses to list its open orders");
}

}  // namespace penstock::oms
