#pragma once

#include <chrono>

namespace penstock::persistence {

/// How much of a core a thread gets when the order path wants the same one.
enum class Share {
    Less,   // a third: what the order path may have to wait for must not starve
    Least,  // what nobody waits for
};

/// The calling thread gives way to the order path from now on. Best effort.
void give_way(Share share);

/// For long work of a thread that has given way. Where a core is shared, who has it may keep it for a slice
/// of some milliseconds though something more important wakes up (give_way tells the kernel, where it can be
/// told). So such a thread works for 100 us at a time and gives the core back for as long; bench/README.md
/// has what that is worth. One thread.
class Naps {
  public:
    /// Work begins.
    void begin() { awake_since_ = Clock::now(); }
    /// Between two pieces of it: sleeps when it is time to.
    void take();

  private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point awake_since_;
};

}  // namespace penstock::persistence
