#pragma once

#include "bench/relay/results.hpp"

namespace penstock::bench {

/// What the audit adds to each latency, of the systems of audit_systems(): both rows, the ratio, and beside
/// it how far two runs of one round without an audit are apart.
void print_added(const Results& results, const Options& options);

/// Whether one of two is always above or below: could `higher` of `rounds` come of chance alone, one time in
/// twenty or more?
bool could_be_chance(int higher, int rounds);

}  // namespace penstock::bench
