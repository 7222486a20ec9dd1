#pragma once

#include "bench/relay/measure.hpp"

namespace penstock::bench {

/// Plain TCP to a process that answers by itself: one connection, one hop there and one back. Its order
/// latency ends when the other process has read the request.
Figures measure_tcp(const System& system, const Place& place, const Options& options);

}  // namespace penstock::bench
