#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "oms/ports/snapshot.hpp"
#include "persistence/journal/disk.hpp"
#include "persistence/journal/offset_index.hpp"
#include "persistence/snapshot/format.hpp"

namespace penstock::persistence {

/// What a snapshot is written from.
struct SnapshotParts {
    Uuid uuid{};
    JournalPlace place;
    const OffsetIndex& index;
    std::uint64_t layout = 0;
    std::uint64_t state_hash = 0;
    std::function<void(oms::ByteSink&)> core;
    std::function<void(oms::ByteSink&)> learned;
};

/// A snapshot whose every byte has been verified. Its parts point into the mapped file.
struct Snapshot {
    Mapping mapping;
    SnapshotHeader header;
    OffsetIndex index;
    std::string_view core;
    std::string_view learned;
};

/// The directory of snapshots: at most kKept, each written aside, synced and then renamed, so that a crash at
/// any moment leaves those that were there. One process writes at a time; any may read.
class SnapshotStore {
  public:
    static constexpr std::size_t kKept = 3;

    explicit SnapshotStore(std::filesystem::path directory) : directory_(std::move(directory)) {}

    /// Keeps others from writing until this store is gone. Nothing when that worked, else why not.
    std::optional<std::string> lock();
    /// Writes one and then removes the oldest beyond kKept. Nothing when it worked, else what failed.
    std::optional<std::string> write(const SnapshotParts& parts) const;

    /// By file name, newest first.
    std::vector<std::filesystem::path> newest_first() const;
    /// Reads one. Nothing when it is good, else why it is not used: a reason, without the file.
    std::optional<std::string> read(const std::filesystem::path& file, const Uuid& uuid, std::uint64_t layout,
                                    Snapshot& snapshot) const;
    /// Renames one that is damaged, so that it is not among the three that are kept.
    static void put_aside(const std::filesystem::path& file);

  private:
    void remove_old() const;

    std::filesystem::path directory_;
    Fd lock_;
};

/// "s-00000000000000000017.snap": the state after record 17.
std::string snapshot_name(std::uint64_t seq);

}  // namespace penstock::persistence
