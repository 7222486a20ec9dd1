#pragma once

#include <algorithm>
#include <chrono>

namespace penstock::apps {

/// How long an idle loop looks for work before it sleeps. A wake-up costs tens of microseconds, so while
/// work comes more often than every `most`, the loop stays awake for it; when it becomes rarer, the loop
/// goes back to looking `least` long. Owned by one thread.
class Patience {
  public:
    using Duration = std::chrono::nanoseconds;

    constexpr Patience(Duration least, Duration most)
        : least_(least), most_(std::max(least, most)), gap_(2 * most_) {}

    /// Work came `gap` after the work before it.
    void learn(Duration gap) {
        // One long pause counts as four times `most`: two of them end the watch, whatever came before.
        gap_ += (std::min(gap, 4 * most_) - gap_) / 4;
    }
    Duration now() const { return gap_ < most_ ? most_ : least_; }

  private:
    Duration least_;
    Duration most_;
    Duration gap_;  // smoothed
};

}  // namespace penstock::apps
