#include <algorithm>
#include <string>

#include "oms/engine/handlers/bulk.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/pegs.hpp"
#include "oms/engine/handlers/reports.hpp"

namespace penstock::oms {
namespace {

/// More lists than a venue is asked for between two copies of a journal: an answer to one of the time that
/// was lost answers none that is asked for after a restore. A multiple of 255, so that VenueBook::mark()
/// stays.
constexpr std::uint32_t kRequestsLeftOut = 255'000;

}  // namespace

void handle(const Context& context, const DefineSession& body) { context.world.directory.define(body); }
void handle(const Context& context, const DefineVenue& body) { context.world.directory.define(body); }
void handle(const Context& context, const DefineInstrument& body) { context.world.directory.define(body); }
void handle(const Context& context, const DefineAccount& body) { context.world.directory.define(body); }
void handle(const Context& context, const PermitAccount& body) { context.world.directory.permit(body); }
void handle(const Context& context, const SetLimits& body) { context.world.directory.set(body); }

void handle(const Context& context, const QuoteChanged& body) {
    const InstrumentId instrument = context.directory().instrument_id(body.symbol);
    if (instrument.is_none() || !context.directory().has(body.venue)) return;
    const bool is_first = context.world.prices.quote(body.venue, instrument) == nullptr;
    context.world.prices.update(
        body.venue, instrument, {body.bid, body.ask, body.last, body.mark, context.now});
    if (is_first) watch_own_venue(context, body.venue, instrument);
    context.world.watches.see(
        context.orders(), instrument, body.venue, *context.world.prices.quote(body.venue, instrument),
        context.directory()[instrument].price_increment);
    context.world.pegs.mark(instrument);
    send_triggered(context);
    move_pegs(context);
}

// Kept in the journal for the sessions; the core has no use for it.
void handle(const Context&, const SessionAdvanced&) {}
void handle(const Context&, const AuditKeyChanged&) {}

void handle(const Context& context, const SetCapacity& body) {
    context.orders().resize({body.orders, body.requests, body.fills, body.refusals});
    context.world.refused.resize(body.refusals);
    context.world.groups.resize({body.orders, body.requests, body.fills, body.refusals});
}

void handle(const Context& context, const JournalSpace& body) {
    context.world.journal = body;
    if (!body.is_nearly_full) return;
    alarm(context, AlarmKind::JournalNearlyFull, {}, {},
          "free disk space: new orders are refused until there is room");
}

void handle(const Context& context, const ClockSetBack& body) {
    const std::string seconds = std::to_string(body.by.ns / Duration::seconds(1).ns);
    alarm(context, AlarmKind::ClockSetBack, {}, {},
          "the clock was set back by " + seconds + " s; stamps run slow until it has caught up");
}

namespace {

/// What orders would have sent by themselves goes now, where the venue is there and confirmed.
void resume(const Context& context) {
    oms::Directory& directory = context.world.directory;
    if (!directory.is_halted()) return;
    directory.halt(false);
    for (std::uint32_t id = 1; id < directory.venues().size(); ++id)
        if (directory.takes_orders(VenueId{id})) lift_all_of(context, VenueId{id});
    context.world.pegs.mark_all();
    continue_bulk(context);
    move_pegs(context);
}

}  // namespace

// With no effect it causes no output: it may have been appended by somebody who does not execute the journal.
void handle(const Context& context, const OperatorActed& body) {
    switch (body.effect) {
        case OperatorEffect::None: return;
        case OperatorEffect::Halt: context.world.directory.halt(true); return;
        case OperatorEffect::Resume: return resume(context);
        case OperatorEffect::Restored:
            context.world.directory.halt(true);
            context.orders().leave_out_ids();
            context.world.venue_orders.leave_out_numbers();
            // A venue may have been asked for the first time after the copy.
            context.world.books.resize(
                std::max(context.world.books.size(), context.directory().venues().size()));
            for (VenueBook& book : context.world.books) book.request += kRequestsLeftOut;
            return;
    }
}

void handle(const Context& context, const RequestRefused& body) {
    context.out.emit(BusinessReject{body.session, body.ref_msg_seq_num, body.ref_msg_type,
                                    body.business_reject_reason, body.ref_id, body.text});
}

// The client gets no answer: what follows is between people.
void handle(const Context& context, const TradeQuestioned& body) {
    Alarm& out = context.out.emit<Alarm>();
    out.kind = AlarmKind::TradeQuestioned;
    out.order_id = body.order_id;
    out.text = body.text;
}

}  // namespace penstock::oms
