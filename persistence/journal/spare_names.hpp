#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "oms/domain/result.hpp"
#include "persistence/journal/disk.hpp"
#include "persistence/journal/format.hpp"

namespace penstock::persistence {

// A segment is prepared under the name of a spare and gets its own only after it was entered. A process that
// ended in between leaves spares that hold records.

struct SpareFailure {
    Fault fault = Fault::None;
    std::filesystem::path file;
    std::string what;
};

/// The header of a file that has one that verifies.
bool read_header(const std::filesystem::path& path, SegmentHeader& header);

/// Gives spares that were entered the name of their segment, and removes those that never held a record that
/// was reported durable.
std::optional<SpareFailure> name_spares(const std::filesystem::path& directory, const Uuid& uuid);

struct SparesFound {
    std::map<std::uint64_t, std::filesystem::path> entered;  // by first seq
    std::optional<SpareFailure> failure;
};
/// The same for one that changes nothing: which would be named?
SparesFound find_entered_spares(const std::filesystem::path& directory, const Uuid& uuid);

}  // namespace penstock::persistence
