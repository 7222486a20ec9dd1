#pragma once

#include <cstddef>

namespace penstock::bench {

/// How often `operator new` was called in this process so far. Only in programs that link
/// penstock_bench_allocations, which replaces the operator.
std::size_t allocations();

}  // namespace penstock::bench
