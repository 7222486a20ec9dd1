#include "apps/penstockd/trading_days.hpp"

#include "fix/session/schedule.hpp"

namespace penstock::apps {

template <class IsNews>
void TradingDays::tell_where(Timestamp now, IsNews&& is_news) const {
    for (const config::VenueConfig& venue : venues_) {
        if (!venue.trading_day) continue;
        const gateways::TradingDay& day = *venue.trading_day;
        const fix::Moments ends = fix::moments_around(day.time_zone, day.end_second, day.on_weekends, now);
        const oms::VenueId id = directory_.venue_id(VenueName::truncated(venue.name));
        if (is_news(ends.next, directory_[id].day_ends)) tell_({id, ends.last, ends.next});
    }
}

void TradingDays::begin(Timestamp now) const {
    tell_where(now, [](Timestamp next, Timestamp told) { return next != told; });
}

void TradingDays::look(Timestamp now) const {
    tell_where(now, [](Timestamp next, Timestamp told) { return next > told; });
}

}  // namespace penstock::apps
