#include "bench/relay/loads.hpp"

#include <algorithm>

#include "bench/support/clock.hpp"

namespace penstock::bench {

void ping_pong(Generator& generator, std::int64_t duration_ns, Latencies* latencies) {
    generator.measure(latencies);
    const std::int64_t end = now_ns() + duration_ns;
    for (std::int64_t now = now_ns(); now < end && generator.problem().empty(); now = now_ns()) {
        generator.place(now, now);
        const std::uint64_t wanted = generator.sent();
        std::int64_t turns = 0;
        while (generator.done() < wanted && generator.problem().empty()) {
            generator.turn();
            if (++turns % 1024 == 0 && now_ns() > end) break;
        }
    }
    generator.drain();
    generator.measure(nullptr);
}

void open_loop(Generator& generator, std::int64_t duration_ns, int rate, Latencies* latencies) {
    generator.measure(latencies);
    const std::int64_t period = 1'000'000'000 / rate;
    std::int64_t due = now_ns();
    const std::int64_t end = due + duration_ns;
    while (due < end && generator.problem().empty()) {
        for (std::int64_t now = now_ns(); due <= now && due < end && generator.has_room(); due += period)
            generator.place(due, now);
        generator.turn();
    }
    generator.drain();
    generator.measure(nullptr);
}

Flood flood(Generator& generator, const FloodLimits& limits) {
    const std::uint64_t first = generator.done();
    const std::uint64_t last = generator.sent() + limits.orders;
    const std::int64_t start = now_ns();
    std::int64_t now = start;
    std::int64_t idle = 0;
    while (now - start < limits.duration_ns && generator.sent() < last && generator.problem().empty()) {
        const bool is_full = generator.sent() - generator.done() >= limits.outstanding;
        while (generator.sent() - generator.done() < limits.outstanding && generator.sent() < last)
            generator.place(now, now);
        const bool worked = generator.turn();
        const std::int64_t after = now_ns();
        if (is_full && !worked) idle += after - now;
        now = after;
    }
    Flood result;
    result.orders = generator.done() - first;
    const auto elapsed = static_cast<double>(std::max<std::int64_t>(now - start, 1));
    result.orders_per_second = static_cast<double>(result.orders) * 1e9 / elapsed;
    result.generator_idle = static_cast<double>(idle) / elapsed;
    generator.drain();
    return result;
}

}  // namespace penstock::bench
