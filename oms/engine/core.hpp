#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "marketdata/reference_prices.hpp"
#include "oms/domain/input.hpp"
#include "oms/engine/bulk.hpp"
#include "oms/engine/directory.hpp"
#include "oms/engine/groups.hpp"
#include "oms/engine/order_store.hpp"
#include "oms/engine/outbox.hpp"
#include "oms/engine/pegs.hpp"
#include "oms/engine/positions.hpp"
#include "oms/engine/reconciliation.hpp"
#include "oms/engine/refused_orders.hpp"
#include "oms/engine/settings.hpp"
#include "oms/engine/timers.hpp"
#include "oms/engine/venue_orders.hpp"
#include "oms/engine/watches.hpp"
#include "oms/ports/snapshot.hpp"

namespace penstock::oms {

/// Everything the core knows. Handlers take it whole: they are the only code that changes it.
struct World {
    explicit World(const Capacity& capacity)
        : orders(capacity), refused(capacity.refusals), groups(capacity) {}

    Directory directory;
    OrderStore orders;
    RefusedOrders refused;
    GroupStore groups;
    marketdata::ReferencePrices prices;
    Watches watches;
    Timers timers;
    Pegs pegs;
    JournalSpace journal;
    std::vector<VenueBook> books;  // index: VenueId; may be shorter
    VenueOrders venue_orders;
    Positions positions;
    /// Work on many orders that is not finished, oldest first: at most kMaxMassRequests of clients, and one
    /// for each session that is gone and each venue that came back.
    std::vector<BulkJob> bulk;
    /// Icebergs whose live slice is to be cut, for which there was no place among the requests; the one that
    /// waits longest is first. At most one place for each.
    std::vector<BulkOrder> slices_to_cut;

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        auto& [names, store, refusals, lists, quotes, triggers, times, pegged, space, open_orders, foreign,
               held, jobs, to_cut] = self;
        visit(names);
        visit(store);
        visit(refusals);
        visit(lists);
        visit(quotes);
        visit(triggers);
        visit(times);
        visit(pegged);
        visit(space);
        visit(open_orders);
        visit(foreign);
        visit(held);
        visit(jobs);
        visit(to_cut);
    }
};

/// The order management core. One writer, deterministic: the same inputs give the same outputs and
/// the same hash, live and in replay. No I/O, no clock, no lock, no log. Core thread only.
class Core {
  public:
    explicit Core(const Capacity& capacity) : world_(capacity) {}

    /// Applies one input and appends what it causes to `out`. Only dispatches to handlers/.
    void step(const Input& input, Outbox& out);

    /// Asks for the memory that this input will need, while inputs before it are still to be applied. Changes
    /// nothing; an input that never comes is fine.
    void expect(const Input& input) const;

    /// A digest of the whole state: equal after a replay, different when anything differs. Walks all
    /// orders; not for the order path.
    std::uint64_t state_hash() const;

    /// The whole state as bytes, from which `restore` makes it again, in a program of the same
    /// `state_layout`. Between steps. Takes a second or so for a million orders: a second reader of the
    /// journal does it, not the core that orders wait for.
    void snapshot(ByteSink& out) const;
    /// Fault::Corrupt when the bytes are no snapshot of this layout; then the core holds nothing.
    Status restore(std::string_view snapshot);

    const World& world() const { return world_; }
    /// The last step left work undone: give ContinueWork before anything else gets old. Only what
    /// ContinueWork makes less of counts, or it would be given without end.
    bool has_work() const {
        return world_.watches.has_met() || has_pegs_to_move() || !world_.bulk.empty() || has_due() ||
               world_.positions.has_unlooked();
    }
    /// Does any child wait for a venue's answer, a question for its turn, an order for a moment, or a client
    /// that is gone for the end of its grace period? Then time has to be told (`TimePassed`).
    bool awaits_answers() const {
        return !world_.orders.longest_waiting().is_none() || !world_.timers.next().is_none() ||
               std::ranges::any_of(world_.books, [](const VenueBook& book) { return book.needs_time(); }) ||
               std::ranges::any_of(world_.positions.questions,
                                   [](const PositionQuestion& one) { return !one.next.is_none(); }) ||
               std::ranges::any_of(world_.directory.sessions(), [](const Session& session) {
                   return !session.cancel_due.is_none();
               });
    }

  private:
    /// While halted none moves, so that none is work: those whose book moves meanwhile wait for the resume.
    bool has_pegs_to_move() const { return world_.pegs.has_marked() && !world_.directory.is_halted(); }
    bool has_due() const {
        const Slot<Special> next = world_.timers.next();
        return !next.is_none() && world_.orders[next].due <= now_;
    }

    World world_;
    Timestamp now_;  // of the last input
};

}  // namespace penstock::oms
