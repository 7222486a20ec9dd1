#pragma once

#include "tests/sim/process.hpp"

namespace penstock::sim {

/// Who looks at the positions that differ, and accepts what the venue tells. As long as there are faults, not
/// always at once, and now and then another amount, or one that nobody was alarmed about.
class Operator {
  public:
    explicit Operator(Surroundings& world) : world_(world) {}

    void look_at(Process& process);

  private:
    void accept(Process& process, const oms::Position& position, Quantity difference);

    Surroundings& world_;
};

}  // namespace penstock::sim
