#include "gateways/fix_venue/trading_days.hpp"

#include "fix/session/schedule.hpp"

namespace penstock::gateways {

void TradingDays::look(Timestamp now) const {
    for (const auto& [venue, day] : venues_) {
        const fix::Moments ends = fix::moments_around(day.time_zone, day.end_second, day.on_weekends, now);
        if (ends.next != told_(venue)) tell_(oms::TradingDayBegan{venue, ends.last, ends.next});
    }
}

}  // namespace penstock::gateways
