#pragma once

#include <functional>
#include <vector>

#include "gateways/fix_venue/settings.hpp"
#include "oms/engine/directory.hpp"

namespace penstock::gateways {

/// Tells the core when a trading day of a venue has ended and the next one has begun. What was told last is
/// the core's to know, so that a day that ended while the process was down ends at its start.
class TradingDays {
  public:
    struct OfVenue {
        VenueName name;
        TradingDay day;
    };
    using Tell = std::function<void(const oms::TradingDayBegan&)>;

    TradingDays(std::vector<OfVenue> venues, const oms::Directory& directory, Tell tell)
        : venues_(std::move(venues)), directory_(directory), tell_(std::move(tell)) {}

    /// At a start, when the venues are defined: the configuration may end the day earlier than was told.
    void begin(Timestamp now) const;
    /// About once a second. A clock that was set back brings no day back.
    void look(Timestamp now) const;

  private:
    template <class IsNews>
    void tell_where(Timestamp now, IsNews&& is_news) const;

    std::vector<OfVenue> venues_;
    const oms::Directory& directory_;
    Tell tell_;
};

}  // namespace penstock::gateways
