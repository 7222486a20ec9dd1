#pragma once

#include <cstdint>

namespace penstock::bench {

/// How much of the machine is used by those who are not measured, from its making on: neighbours make figures
/// worth less.
class Others {
  public:
    Others();
    /// Percent of all cores, less `measured_ns`, the CPU time that those who are measured used meanwhile;
    /// this process is one of them by itself. 0 where the system does not tell.
    double percent(std::int64_t measured_ns) const;

  private:
    std::int64_t busy_;
    std::int64_t own_;
    std::int64_t began_;
};

}  // namespace penstock::bench
