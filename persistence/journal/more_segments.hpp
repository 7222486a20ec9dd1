#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "persistence/journal/disk.hpp"

namespace penstock::persistence {

/// Segments that are not in the journal's directory any more, but somewhere they can be read from.
class MoreSegments {
  public:
    virtual ~MoreSegments() = default;
    /// First seqs, in order; also of those that were deleted because nobody has to keep them.
    virtual std::vector<std::uint64_t> list() const = 0;
    /// Why they could not be listed when that was tried last; then list() says those known before. Nothing
    /// when that worked.
    virtual std::optional<std::string> problem() const = 0;
    /// The first segment that was not deleted, here or in the journal's directory.
    virtual std::uint64_t first_kept() const = 0;
    /// The bytes of one, as they were. Nothing when that worked, else why not.
    virtual std::optional<std::string> read(std::uint64_t first_seq, Mapping& bytes) const = 0;
};

}  // namespace penstock::persistence
