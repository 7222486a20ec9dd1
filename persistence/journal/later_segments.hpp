#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>

#include "persistence/journal/format.hpp"

namespace penstock::persistence {

/// A segment behind the journal's end that nothing there explains.
struct LaterSegment {
    enum class Of : std::uint8_t {
        AnotherJournal,
        ThisJournal,  // and all before it was on the disk when it was begun
    };
    Of of = Of::ThisJournal;
    std::uint64_t first_seq = 0;
    std::filesystem::path file;
};

/// The first of these (first seqs, of files in the directory) that is of another journal, or says that what
/// is missing before it was durable. None: what is there was never durable, such as after a power failure in
/// Durability::Process.
std::optional<LaterSegment> find_later_segment(const std::filesystem::path& directory,
                                               std::span<const std::uint64_t> firsts, const Uuid& uuid);

}  // namespace penstock::persistence
