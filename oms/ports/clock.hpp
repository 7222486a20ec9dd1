#pragma once

#include "oms/domain/time.hpp"

namespace penstock::oms {

/// The only way to the time of day. The sequencer reads it once per input; nothing below does.
class Clock {
  public:
    virtual ~Clock() = default;
    /// UTC. May step backwards when the machine's clock is corrected; callers do not assume order.
    virtual Timestamp now() = 0;
};

}  // namespace penstock::oms
