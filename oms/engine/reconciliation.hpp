#pragma once

#include <cstdint>

#include "oms/domain/output.hpp"

namespace penstock::oms {

/// How far it is known what works at a venue.
struct VenueBook {
    Reconciliation state = Reconciliation::Away;
    Timestamp due;            // Underway: when the desk is told; none: never
    std::uint32_t place = 0;  // of the next order to ask about; zero: all asked
    /// The orders are only those that the list has left open.
    bool is_after_list = false;
    bool is_slow = false;        // nobody waits for it: few at a time
    std::uint32_t request = 0;   // OrderMassStatusRequest(AF)s of this venue so far
    bool awaits_list = false;    // the newest of them is not answered in full
    bool is_unanswered = false;  // the venue gives no list, and is not asked about single orders
    std::uint8_t tries = 0;      // requests in a row that got no whole list
    std::uint32_t told = 0;      // lines of the newest list
    Timestamp asked_at;          // for it
    Timestamp next_check;        // none: not checked while it is there

    /// What the children that stand in the newest list are marked with; never zero.
    std::uint8_t mark() const { return static_cast<std::uint8_t>(request % 255 + 1); }
    bool is_waited_for() const {
        return state == Reconciliation::Underway || state == Reconciliation::Overdue;
    }
    /// Something of it is done when time passes.
    bool needs_time() const {
        return state == Reconciliation::Underway || awaits_list || place != 0 || !next_check.is_none();
    }
    bool has_open_question() const { return awaits_list || place != 0 || is_unanswered; }

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        auto& [where, until, next, after_list, slow, requests, awaits, unanswered, failed, lines, since,
               check] = self;
        visit(where);
        visit(until);
        visit(next);
        visit(after_list);
        visit(slow);
        visit(requests);
        visit(awaits);
        visit(unanswered);
        visit(failed);
        visit(lines);
        visit(since);
        visit(check);
    }
};

}  // namespace penstock::oms
