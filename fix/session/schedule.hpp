#pragma once

#include <optional>

#include "fix/session/settings.hpp"

namespace penstock::fix {

/// When the period began that `now` belongs to: numbers older than this are of the last one. Nothing
/// while the session is closed. For a non-stop schedule the beginning of time.
///
/// A day without the hour a period starts in (clocks go forward) starts it at the first moment after;
/// a day with two such hours starts it at the first. Faults: none; a zone the machine does not know
/// was refused when the configuration was read (see `knows_time_zone`).
std::optional<Timestamp> period_start(const Schedule& schedule, Timestamp now);

/// The last moment up to `now`, and the next one after it, when the wall clock of this zone shows `second` of
/// the day; Saturdays and Sundays count when `on_weekends`. The hour that clocks skip is as above.
struct Moments {
    Timestamp last;
    Timestamp next;
};
Moments moments_around(const std::string& time_zone, int second, bool on_weekends, Timestamp now);

/// Is this an IANA zone name that the machine's tzdata has?
bool knows_time_zone(const std::string& name);

}  // namespace penstock::fix
