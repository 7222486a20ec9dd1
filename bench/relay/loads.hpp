#pragma once

#include "bench/relay/generator.hpp"

namespace penstock::bench {

/// One order at a time, for so long.
void ping_pong(Generator& generator, std::int64_t duration_ns, Latencies* latencies);

/// Orders at fixed moments, `rate` a second, whatever has become of the ones before. Latency counts
/// from the moment an order was due: a stall is charged to every order it delays.
void open_loop(Generator& generator, std::int64_t duration_ns, int rate, Latencies* latencies);

struct FloodLimits {
    std::int64_t duration_ns = 0;
    std::uint64_t orders = 0;  // ends the flood too: bounds the journal on the disk
    std::uint64_t outstanding = 0;
};
struct Flood {
    std::uint64_t orders = 0;
    double orders_per_second = 0;
    double generator_idle = 0;  // share of the time; near 0: the generator was the limit, not the system
};
/// Always so many orders out: the highest rate the system sustains.
Flood flood(Generator& generator, const FloodLimits& limits);

}  // namespace penstock::bench
