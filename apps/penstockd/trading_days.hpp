#pragma once

#include <functional>
#include <vector>

#include "config/config.hpp"
#include "oms/engine/directory.hpp"

namespace penstock::apps {

/// Tells the core when a trading day of a venue has ended and the next one has begun. What was told last is
/// the core's to know, so that a day that ended while the process was down ends at its start.
class TradingDays {
  public:
    using Tell = std::function<void(const oms::TradingDayBegan&)>;

    TradingDays(const std::vector<config::VenueConfig>& venues, const oms::Directory& directory, Tell tell)
        : venues_(venues), directory_(directory), tell_(std::move(tell)) {}

    /// At a start, when the venues are defined: the configuration may end the day earlier than was told.
    void begin(Timestamp now) const;
    /// About once a second. A clock that was set back brings no day back.
    void look(Timestamp now) const;

  private:
    template <class IsNews>
    void tell_where(Timestamp now, IsNews&& is_news) const;

    const std::vector<config::VenueConfig>& venues_;
    const oms::Directory& directory_;
    Tell tell_;
};

}  // namespace penstock::apps
