#include "bench/support/others.hpp"

#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "bench/support/clock.hpp"
#include "bench/support/cores.hpp"

namespace penstock::bench {
namespace {

constexpr int kIdle = 3;     // columns of the first line of /proc/stat
constexpr int kIoWait = 4;   // is idle too
constexpr int kColumns = 8;  // what follows is counted in these already

/// All cores since the start of the machine.
std::int64_t busy_ns() {
    std::ifstream stat("/proc/stat");
    std::string word;
    stat >> word;
    std::int64_t ticks = 0;
    std::int64_t value = 0;
    for (int column = 0; column < kColumns && stat >> value; ++column)
        if (column != kIdle && column != kIoWait) ticks += value;
    return ticks * (1'000'000'000 / sysconf(_SC_CLK_TCK));
}

std::int64_t own_ns() {
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return std::int64_t{used.tv_sec} * 1'000'000'000 + used.tv_nsec;
}

}  // namespace

Others::Others() : busy_(busy_ns()), own_(own_ns()), began_(now_ns()) {}

double Others::percent(std::int64_t measured_ns) const {
    const std::int64_t others = busy_ns() - busy_ - (own_ns() - own_) - measured_ns;
    const std::int64_t all = (now_ns() - began_) * core_count();
    if (all <= 0) return 0;
    return 100.0 * static_cast<double>(std::max<std::int64_t>(others, 0)) / static_cast<double>(all);
}

}  // namespace penstock::bench
