#pragma once

#include "oms/ports/clock.hpp"

namespace penstock::apps {

/// The machine's UTC clock.
class SystemClock final : public oms::Clock {
  public:
    Timestamp now() override;
};

}  // namespace penstock::apps
