#pragma once

#include <cstdint>
#include <vector>

namespace penstock::bench {

/// Log-linear counts of nanoseconds: 64 steps for each power of two, so a quantile is at most 1.6 %
/// too high. Values from 0 to 2^40 ns (18 minutes); longer ones count as that.
class Histogram {
  public:
    Histogram();
    void record(std::int64_t ns);
    void clear();
    std::uint64_t count() const { return count_; }
    /// The upper end of the step that holds the quantile; 0 when nothing was recorded.
    std::int64_t quantile(double q) const;

  private:
    std::vector<std::uint32_t> counts_;
    std::uint64_t count_ = 0;
};

/// What is reported of a distribution, microseconds.
struct Percentiles {
    double p50 = 0;
    double p99 = 0;
    double p999 = 0;
};
Percentiles percentiles(const Histogram& histogram);

}  // namespace penstock::bench
