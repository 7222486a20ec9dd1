#pragma once

#include <span>
#include <string>
#include <vector>

#include "oms/ports/journal.hpp"

namespace penstock::oms {

/// What an input's outputs became on the wire.
struct Staged {
    std::vector<WireNumber> numbers;
    std::string sent;  // their messages, one after the other
};

/// The way out. Keeps the durability rule: nothing staged leaves before its record is durable.
class Egress {
  public:
    virtual ~Egress() = default;
    /// Numbers and encodes the outputs of one input and holds the bytes. Appends the numbers given, and
    /// the bytes if they are to be kept. `time` is the machine's clock: the journal's may be ahead of it.
    virtual void stage(Seq seq, Timestamp time, std::span<const Output> outputs, Staged& staged) = 0;
    /// Sends what is held up to and including this record, one write per destination.
    virtual void release(Seq durable) = 0;
};

}  // namespace penstock::oms
