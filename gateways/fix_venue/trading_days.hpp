#pragma once

#include <functional>
#include <vector>

#include "gateways/fix_venue/settings.hpp"
#include "oms/domain/input.hpp"

namespace penstock::gateways {

/// Tells the core when a trading day of a venue has ended and the next one has begun. What was told last is
/// the core's to know, so that a day that ended while the process was down ends at its start.
class TradingDays {
  public:
    struct OfVenue {
        VenueId venue;
        TradingDay day;
    };
    /// When the day ends that the core was told of last; none when it was told of none.
    using Told = std::function<Timestamp(VenueId)>;
    using Tell = std::function<void(const oms::TradingDayBegan&)>;

    TradingDays(std::vector<OfVenue> venues, Told told, Tell tell)
        : venues_(std::move(venues)), told_(std::move(told)), tell_(std::move(tell)) {}

    /// At a start, and about once a second.
    void look(Timestamp now) const;

  private:
    std::vector<OfVenue> venues_;
    Told told_;
    Tell tell_;
};

}  // namespace penstock::gateways
