#pragma once

#include <string>
#include <vector>

#include "oms/engine/core.hpp"
#include "oms/ports/journal.hpp"

namespace penstock::scenarios {

/// What a scenario is played on. Its inputs are its steps, counted from 1. What an input leaves undone
/// follows in the same step, as slices of work: inputs that nobody outside has sent.
class System {
  public:
    virtual ~System() = default;
    /// Takes the next input. Returns what arrives outside because of it, in order.
    virtual std::vector<oms::Output> step(const oms::InputBody& body, Timestamp now) = 0;
    /// The core as it is now; never kept over a step.
    virtual const oms::Core& core() const = 0;
    /// What another execution of all inputs does differently; empty when it does the same. Restored from a
    /// snapshot before any of them it must do the same too.
    virtual std::string replay_difference() = 0;
};

/// The core and nothing else: the quick way, for a scenario played undisturbed.
class PlainSystem final : public System {
  public:
    explicit PlainSystem(const oms::Capacity& capacity) : capacity_(capacity), core_(capacity) {}
    std::vector<oms::Output> step(const oms::InputBody& body, Timestamp now) override;
    const oms::Core& core() const override { return core_; }
    std::string replay_difference() override;

    /// Of inputs and slices of work.
    const std::vector<oms::Record>& records() const { return records_; }
    std::size_t steps() const { return steps_; }

  private:
    std::string restart_difference() const;
    void record(const oms::InputBody& body, Timestamp now, std::vector<oms::Output>& outputs);

    oms::Capacity capacity_;
    oms::Core core_;
    std::vector<oms::Record> records_;
    std::size_t steps_ = 0;
};

}  // namespace penstock::scenarios
