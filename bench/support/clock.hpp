#pragma once

#include <time.h>

#include <cstdint>

namespace penstock::bench {

/// Nanoseconds of CLOCK_MONOTONIC: one clock for every thread and process of the machine.
inline std::int64_t now_ns() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

}  // namespace penstock::bench
