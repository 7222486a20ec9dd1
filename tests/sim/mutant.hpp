#pragma once

#include "oms/engine/core.hpp"
#include "oms/ports/inbox.hpp"
#include "tests/sim/surroundings.hpp"

namespace penstock::sim {

/// The way into the pipeline. Straight through, but for the mutations that spoil inputs; the product has
/// nothing of the kind.
class Mutant final : public oms::Inbox {
  public:
    Mutant(Surroundings& world, const oms::Core& core, oms::Inbox& inbox)
        : world_(world), core_(core), inbox_(inbox) {}

    void catch_up() override { inbox_.catch_up(); }
    Seq accept(const oms::InputBody& body, oms::Origin origin, std::string_view raw) override;

  private:
    void release_early();

    Surroundings& world_;
    const oms::Core& core_;
    oms::Inbox& inbox_;
    std::uint64_t fills_ = 0;
};

}  // namespace penstock::sim
