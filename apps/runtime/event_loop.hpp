#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>

#include "apps/runtime/patience.hpp"

namespace penstock::apps {

/// Run to completion: handle everything that is ready, end the turn, look again. When nothing is ready
/// it looks for a bounded time and then sleeps, because a wake-up costs more than a short look and a
/// small machine must not burn its cores.
class EventLoop {
  public:
    EventLoop(boost::asio::io_context& io, Patience patience) : io_(io), patience_(patience) {}

    /// Runs until `stop`. `end` returns true when it made progress; `before_sleep` returns false when
    /// there is something to look at again after all.
    /// `is_waiting`: the disk is at work and nothing is to be gained by looking: it needs the core more.
    struct Turn {
        std::function<bool()> end;
        std::function<bool()> before_sleep;
        std::function<bool()> is_waiting = [] { return false; };
    };
    void run(const Turn& turn);
    /// From a handler of the loop.
    void stop() { is_stopped_ = true; }

  private:
    boost::asio::io_context& io_;
    Patience patience_;
    bool is_stopped_ = false;
};

}  // namespace penstock::apps
