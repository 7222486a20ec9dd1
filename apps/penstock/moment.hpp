#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "oms/domain/ids.hpp"
#include "oms/domain/time.hpp"

namespace penstock::apps {

/// A place in a journal as people name it: the seq of a record, or a moment.
struct UpTo {
    std::optional<std::uint64_t> seq;
    std::optional<Timestamp> moment;

    bool includes(std::uint64_t a_seq, Timestamp time) const {
        return (!seq || a_seq <= *seq) && (!moment || time <= *moment);
    }
};
/// Empty text: everything. A date: to the end of that day, UTC. Nothing when it is neither.
std::optional<UpTo> parse_up_to(std::string_view text);

}  // namespace penstock::apps
