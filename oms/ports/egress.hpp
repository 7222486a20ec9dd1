#pragma once

#include <span>
#include <vector>

#include "oms/ports/journal.hpp"

namespace penstock::oms {

/// The way out. Keeps the durability rule: nothing staged leaves before its record is durable.
class Egress {
  public:
    virtual ~Egress() = default;
    /// Numbers and encodes the outputs of one input and holds the bytes. Appends the numbers given. `time`
    /// is the machine's clock: the journal's may be ahead of it.
    virtual void stage(Seq seq, Timestamp time, std::span<const Output> outputs,
                       std::vector<WireNumber>& numbers) = 0;
    /// Sends what is held up to and including this record, one write per destination.
    virtual void release(Seq durable) = 0;
};

}  // namespace penstock::oms
