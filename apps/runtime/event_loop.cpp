#include "apps/runtime/event_loop.hpp"

#include <sched.h>

#include <boost/asio/executor_work_guard.hpp>
#include <chrono>

namespace penstock::apps {

void EventLoop::run(const Turn& turn) {
    using Clock = std::chrono::steady_clock;
    const auto guard = boost::asio::make_work_guard(io_);
    auto last_work = Clock::now();
    bool was_idle = false;
    while (!is_stopped_) {
        const bool was_busy = io_.poll() > 0;
        const bool progressed = turn.end();
        const auto now = Clock::now();
        if (was_busy || progressed) {
            if (was_idle) patience_.learn(now - last_work);
            last_work = now;
            was_idle = false;
            continue;
        }
        was_idle = true;
        if (!turn.is_waiting() && now - last_work < patience_.now()) {
            // Whoever shares the core may go on with its work for a moment: the journal's keeper, the log.
            ::sched_yield();
            continue;
        }
        if (!turn.before_sleep()) continue;
        io_.run_one();
        turn.end();
        patience_.learn(Clock::now() - last_work);
        last_work = Clock::now();
        was_idle = false;
    }
}

}  // namespace penstock::apps
