#include "fix/session/schedule.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace penstock::fix {
namespace {

using date::days;
using date::local_days;
using LocalTime = date::local_time<std::chrono::nanoseconds>;
using SysTime = date::sys_time<std::chrono::nanoseconds>;

constexpr int kDaysInWeek = 7;

/// The moment a wall clock shows, by the rules of the header.
Timestamp moment(const date::time_zone& zone, local_days day, int second) {
    const auto shown = day + std::chrono::seconds(second);
    const auto info = zone.get_info(shown);
    const SysTime when = info.result == date::local_info::nonexistent
                             ? SysTime(info.first.end)
                             : SysTime(date::sys_seconds((shown - info.first.offset).time_since_epoch()));
    return {when.time_since_epoch().count()};
}

/// Days from `from` forward to `to`, 0..6.
int days_forward(int from, int to) { return (to - from + kDaysInWeek) % kDaysInWeek; }

/// How many days after its start a period ends.
int length_in_days(const Schedule& schedule) {
    const bool wraps = schedule.end_second <= schedule.start_second;
    if (schedule.start_day < 0) return wraps ? 1 : 0;
    const int days_between = days_forward(schedule.start_day, schedule.end_day);
    return days_between == 0 && wraps ? kDaysInWeek : days_between;
}

}  // namespace

std::optional<Timestamp> period_start(const Schedule& schedule, Timestamp now) {
    if (schedule.non_stop) return Timestamp{};
    const date::time_zone& zone = *date::locate_zone(schedule.time_zone);
    const LocalTime local = zone.to_local(SysTime(std::chrono::nanoseconds(now.ns)));
    const local_days today = date::floor<days>(local);
    const int weekday = static_cast<int>(date::weekday(today).c_encoding());
    // Looking back a week and a day finds the last start before now, whatever the schedule.
    for (int back = 0; back <= kDaysInWeek; ++back) {
        const bool starts_here =
            schedule.start_day < 0 || days_forward(schedule.start_day, weekday) == back % kDaysInWeek;
        if (!starts_here) continue;
        const local_days day = today - days(back);
        const Timestamp start = moment(zone, day, schedule.start_second);
        if (start > now) continue;
        const Timestamp end = moment(zone, day + days(length_in_days(schedule)), schedule.end_second);
        if (now < end) return start;
        return std::nullopt;
    }
    return std::nullopt;
}

Moments moments_around(const std::string& time_zone, int second, bool on_weekends, Timestamp now) {
    const date::time_zone& zone = *date::locate_zone(time_zone);
    const local_days today = date::floor<days>(zone.to_local(SysTime(std::chrono::nanoseconds(now.ns))));
    Moments found;
    // A weekend and a day on either side, whatever the clocks do.
    for (int day = -4; found.next.is_none(); ++day) {
        const auto weekday = date::weekday(today + days(day));
        if (!on_weekends && (weekday == date::Saturday || weekday == date::Sunday)) continue;
        const Timestamp when = moment(zone, today + days(day), second);
        (when <= now ? found.last : found.next) = when;
    }
    return found;
}

bool knows_time_zone(const std::string& name) {
    try {
        return date::locate_zone(name) != nullptr;
    } catch (const std::runtime_error&) {
        return false;
    }
}

}  // namespace penstock::fix
