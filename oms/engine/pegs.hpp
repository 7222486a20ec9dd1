#pragma once

#include <span>
#include <vector>

#include "oms/engine/order_store.hpp"

namespace penstock::oms {

/// The live orders whose pegs the OMS keeps, by instrument, and the instruments whose book has moved since
/// they were looked at.
class Pegs {
  public:
    void add(OrderStore& orders, Slot<Special> slot);
    /// Fine when it is not here.
    void remove(OrderStore& orders, Slot<Special> slot);

    /// All pegs of the instrument are to be looked at again.
    void mark(InstrumentId instrument);
    /// All of all instruments.
    void mark_all();
    bool has_marked() const { return !marked_.empty(); }
    /// The next to be looked at; none when all have been.
    Slot<Special> next();

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        visit(self.by_instrument_);
        visit(self.marked_);
    }

  private:
    struct Marked {
        InstrumentId instrument;
        std::size_t at = 0;
    };

    std::vector<std::vector<Slot<Special>>> by_instrument_;
    std::vector<Marked> marked_;  // one entry an instrument at most
};

}  // namespace penstock::oms
