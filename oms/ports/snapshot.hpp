#pragma once

#include <string_view>

#include "oms/ports/journal.hpp"

namespace penstock::oms {

/// Takes bytes in order, for example those of a snapshot on their way to a file.
class ByteSink {
  public:
    virtual ~ByteSink() = default;
    virtual void write(std::string_view bytes) = 0;
};

/// Somebody besides the core who learns from every record of a replay. A replay that begins at a snapshot
/// shows only the records after it, so what came of those before is kept in the snapshot, as bytes that
/// nobody else reads.
class Learner {
  public:
    virtual ~Learner() = default;
    /// In order of seq.
    virtual void learn(const Input& input, std::span<const WireNumber> numbers) = 0;
    virtual void save(ByteSink& out) const = 0;
    /// In the place of all that was learned. False when these bytes are none of its own; then it knows
    /// nothing.
    virtual bool load(std::string_view bytes) = 0;
    /// As new.
    virtual void forget() = 0;
};

}  // namespace penstock::oms
