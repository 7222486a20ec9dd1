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

/// Is this an IANA zone name that the machine's tzdata has?
bool knows_time_zone(const std::string& name);

}  // namespace penstock::fix
