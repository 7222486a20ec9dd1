#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "apps/penstock/where.hpp"

namespace penstock::apps {

struct InspectOptions {
    WhereOptions where;
    std::uint64_t from = 1;
    std::uint64_t to = std::numeric_limits<std::uint64_t>::max();
    std::string order;
    bool json = false;
};

/// Prints records to stdout. Reads up to the watermark, which lags a penstockd that runs by a tenth of a
/// second. Returns the exit code.
int journal_inspect(const InspectOptions& options);

}  // namespace penstock::apps
