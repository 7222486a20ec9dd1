#pragma once

#include <cstdint>
#include <vector>

#include "oms/domain/decimal.hpp"
#include "oms/domain/ids.hpp"
#include "oms/domain/time.hpp"
#include "oms/engine/hash_index.hpp"
#include "oms/engine/settings.hpp"

namespace penstock::oms {

/// Whose position it is, in what, and where it is kept.
struct PositionKey {
    VenueId venue;
    AccountId account;
    InstrumentId instrument;

    friend bool operator==(const PositionKey&, const PositionKey&) = default;
};

/// What was traded here, beside what the venue tells.
struct Position {
    PositionKey key;
    Quantity ours;               // bought less sold, of the executions that stand
    Quantity opening;            // what was there before us: told first, less ours
    Quantity told;               // by the venue, last
    Quantity difference;         // told less expected, as the desk was told; while `differs`
    Quantity apart;              // told less expected, as it was compared last; while `is_doubted`
    std::uint32_t named_in = 0;  // the newest request whose answer names it
    /// The newest request of its venue when an order there that is nobody's filled. The answer to it may be
    /// of before or after.
    std::uint32_t orphan_filled_in = 0;
    bool has_opening = false;
    bool has_moved = false;   // by an execution since the venue was asked
    bool is_doubted = false;  // told otherwise than expected, and no execution was booked since
    bool differs = false;     // it was so twice, and the desk knows
    bool is_lost = false;     // it has no number: it is compared no more

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        auto& [whose, traded, before, by_venue, known, apart, named, filled, opened, moved, doubted,
               differing, lost] = self;
        visit(whose);
        visit(traded);
        visit(before);
        visit(by_venue);
        visit(known);
        visit(apart);
        visit(named);
        visit(filled);
        visit(opened);
        visit(moved);
        visit(doubted);
        visit(differing);
        visit(lost);
    }
};

/// How far a venue has been asked for its positions, one account after the other.
struct PositionQuestion {
    std::uint32_t request = 0;  // RequestForPositions(AN)s of this venue so far
    AccountId account;          // whose positions are awaited; none: nobody's
    std::uint32_t told = 0;     // reports of the newest answer
    std::uint32_t total = 0;    // that it is to have; zero: not told yet
    Timestamp asked_at;         // for it, or its last report
    Timestamp next;             // round of questions; none: the venue is away, or never asked
    bool was_missed = false;    // the desk knows that something was not told since the logon
    /// Index: AccountId; may be shorter. The venue has told all of its positions once: one that it did not
    /// name was nothing.
    std::vector<bool> has_told;
    bool is_whole = false;        // the answer is; the positions it did not name are being looked at
    std::uint32_t looked_at = 0;  // positions, in the order they are kept in; while `is_whole`

    bool awaits() const { return !account.is_none(); }
    bool awaits_lines() const { return awaits() && !is_whole; }

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        auto& [requests, whose, lines, all, since, round, missed, accounts, whole, looked] = self;
        visit(requests);
        visit(whose);
        visit(lines);
        visit(all);
        visit(since);
        visit(round);
        visit(missed);
        visit(accounts);
        visit(whole);
        visit(looked);
    }
};

/// The positions that are kept: at most kMaxPositions, in order of first sight, and none is forgotten.
/// References last until the next `add`.
class Positions {
  public:
    Positions();

    Position* find(const PositionKey& key);
    /// A new one; null at the bound.
    Position* add(const PositionKey& key);
    std::vector<Position>& all() { return positions_; }
    const std::vector<Position>& all() const { return positions_; }
    /// Is there a whole answer that did not name some which are still to be looked at?
    bool has_unlooked() const;
    /// Of those that are kept, how many the venue tells otherwise.
    std::uint32_t differing_at(VenueId venue) const;

    std::vector<PositionQuestion> questions;  // index: VenueId; may be shorter
    bool was_full = false;                    // the desk knows that one more is not kept

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        visit(self.positions_);
        visit(self.questions);
        visit(self.was_full);
        if constexpr (!std::is_const_v<Self>) self.find_places();
    }

  private:
    /// Fills the index from what it names.
    void find_places();
    void note_place(std::size_t place);

    std::vector<Position> positions_;
    HashIndex places_;  // holds places from one
};

}  // namespace penstock::oms
