#include "gateways/fix_venue/trading_days.hpp"

#include "fix/session/schedule.hpp"

namespace penstock::gateways {

template <class IsNews>
void TradingDays::tell_where(Timestamp now, IsNews&& is_news) const {
    for (const auto& [venue, day] : venues_) {
        const fix::Moments ends = fix::moments_around(day.time_zone, day.end_second, day.on_weekends, now);
        if (is_news(ends.next, told_(venue))) tell_(oms::TradingDayBegan{venue, ends.last, ends.next});
    }
}

void TradingDays::begin(Timestamp now) const {
    tell_where(now, [](Timestamp next, Timestamp told) { return next != told; });
}

void TradingDays::look(Timestamp now) const {
    tell_where(now, [](Timestamp next, Timestamp told) { return next > told; });
}

}  // namespace penstock::gateways
