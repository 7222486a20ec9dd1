#pragma once

#include <optional>
#include <vector>

#include "oms/domain/decimal.hpp"
#include "oms/domain/ids.hpp"
#include "oms/domain/time.hpp"

namespace penstock::marketdata {

/// What a venue last said about an instrument, and when we heard it.
struct Quote {
    std::optional<Price> bid;
    std::optional<Price> ask;
    std::optional<Price> last;
    std::optional<Price> mark;
    Timestamp time;
};

/// The exact middle of an uncrossed bid and ask; nothing when there is none or it has too many decimals.
std::optional<Price> mid_price(const Quote& quote);

/// A price other prices are measured against, with the moment it was heard.
struct Reference {
    Price price;
    Timestamp time;
};

/// The newest quote of each instrument at each venue. Memory: one quote for each pair ever quoted.
class ReferencePrices {
  public:
    void update(VenueId venue, InstrumentId instrument, const Quote& quote);
    /// The newest usable reference over all venues: the middle of an uncrossed bid and ask, else the
    /// last trade. Only prices above zero count. Nothing when no venue has quoted one.
    std::optional<Reference> reference(InstrumentId instrument) const;
    /// What this venue last said; null when it never has. Valid until the next update.
    const Quote* quote(VenueId venue, InstrumentId instrument) const;
    /// The newest of all venues; null when none has quoted it.
    const Quote* newest(InstrumentId instrument) const;
    /// Calls visit(venue, instrument, quote) for every quote, in a defined order.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (std::uint32_t id = 0; id < by_instrument_.size(); ++id)
            for (const Entry& entry : by_instrument_[id]) visit(entry.venue, InstrumentId{id}, entry.quote);
    }

    /// What a snapshot of the core holds of it; see oms/engine/state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        visit(self.by_instrument_);
    }

  private:
    struct Entry {
        VenueId venue;
        Quote quote;
    };
    std::vector<std::vector<Entry>> by_instrument_;  // index: InstrumentId
};

}  // namespace penstock::marketdata
