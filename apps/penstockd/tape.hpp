#pragma once

#include <cstdio>
#include <deque>
#include <string>

#include "oms/engine/directory.hpp"
#include "oms/ports/egress.hpp"

namespace penstock::apps {

/// A readable line for each order event, on stdout. Bound by the durability rule like everything that
/// leaves: lines wait for their record. A reader that stops reading loses lines, never holds up orders.
class Tape final : public oms::Egress {
  public:
    explicit Tape(const oms::Directory& directory) : directory_(directory) {}

    void stage(Seq seq, Timestamp time, std::span<const oms::Output> outputs, oms::Staged& staged) override;
    void release(Seq durable) override;

  private:
    struct Line {
        Seq seq;
        std::string text;
    };
    const oms::Directory& directory_;
    std::deque<Line> waiting_;
};

/// "12:00:00.123456 Trade DESK44 a1 BUY 100 AAA @ 10.5 PartiallyFilled last 40 @ 10.5 cum 40 leaves 60"
std::string tape_line(Timestamp time, const oms::Output& output, const oms::Directory& directory);

}  // namespace penstock::apps
