#include "apps/runtime/system_clock.hpp"

#include <chrono>

namespace penstock::apps {

Timestamp SystemClock::now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(since).count()};
}

}  // namespace penstock::apps
