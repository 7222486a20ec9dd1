#pragma once

#include <cstddef>

namespace penstock::fix::test {

/// Allocations of this test program so far.
std::size_t allocation_count();

}  // namespace penstock::fix::test
