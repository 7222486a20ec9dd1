#pragma once

#include <cstdint>
#include <set>
#include <span>

#include "oms/domain/output.hpp"

namespace penstock::sim {

/// What the desk was told that leaves a difference to people. Nothing else excuses that an order here and at
/// its venue differ at rest. Read from the records, so that what a crash has lost was told to nobody.
class Alarms {
  public:
    void clear() { *this = {}; }
    /// What one record caused.
    void note(std::span<const oms::Output> outputs);

    /// Does the desk know that the venue counts another quantity of it than is booked?
    bool excuse(ChildId child) const { return missing_.contains(child.value) || has_unknown(child); }
    /// Was an execution of it taken back, or changed, that is not known here?
    bool has_unknown(ChildId child) const { return unknown_.contains(child.value); }
    /// Differences of positions that people accepted, and were kept from accepting.
    std::uint64_t accepted() const { return accepted_; }
    std::uint64_t not_accepted() const { return not_accepted_; }

  private:
    std::set<std::uint64_t> missing_;  // children whose fills are missing and were not inferred since
    std::set<std::uint64_t> unknown_;  // of which an execution that is not known was taken back or changed
    std::uint64_t accepted_ = 0;
    std::uint64_t not_accepted_ = 0;
};

}  // namespace penstock::sim
