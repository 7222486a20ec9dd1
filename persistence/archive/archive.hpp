#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "persistence/archive/index.hpp"
#include "persistence/journal/disk.hpp"
#include "persistence/journal/more_segments.hpp"

namespace penstock::persistence {

/// A folder of closed segments, compressed with zstd. A segment is in it once its file is written, synced,
/// renamed, read back and compared, and INDEX says so; only then may it leave the journal's folder. Any
/// process may read; one at a time writes (lock()).
class Archive final : public MoreSegments {
  public:
    explicit Archive(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Reads INDEX, which other processes may have changed. Nothing when that worked, else why not.
    std::optional<std::string> load();
    const ArchiveIndex& index() const { return index_; }
    const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path file_of(std::uint64_t first_seq) const;

    std::vector<std::uint64_t> list() const override;
    std::optional<std::string> problem() const override { return problem_; }
    std::uint64_t first_kept() const override;
    std::optional<std::string> read(std::uint64_t first_seq, Mapping& bytes) const override;

    /// Makes the folder, keeps others from writing until this is gone, and loads.
    std::optional<std::string> lock();
    /// Takes a closed segment of the journal in, and removes the original when that is safe. `segment` says
    /// which records it has; sizes and digests are filled in here.
    std::optional<std::string> take(const std::filesystem::path& original, const Uuid& uuid,
                                    ArchivedSegment segment);
    /// Deletes a segment: INDEX says so before the file goes.
    std::optional<std::string> remove(std::uint64_t first_seq, Timestamp now);
    /// Fails when there is one of that name, whatever its days: who releases a matter must release all of it
    /// and nothing else.
    std::optional<std::string> add_hold(LegalHold hold);
    std::optional<std::string> why_not_held(const std::string& matter) const;
    std::optional<std::string> why_not_released(const std::string& matter) const;
    /// Fails when there is none of that name.
    std::optional<std::string> release_hold(const std::string& matter);
    /// Checks a file against INDEX, every byte. Nothing when it is as it was.
    std::optional<std::string> check(const ArchivedSegment& segment) const;

  private:
    std::filesystem::path folder_;
    /// Another process may add to it while this one runs, so that a reader looks again.
    mutable ArchiveIndex index_;
    mutable std::optional<std::string> problem_;
    Fd lock_;
};

}  // namespace penstock::persistence
