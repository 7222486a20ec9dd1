#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "apps/runtime/restore.hpp"
#include "oms/domain/ids.hpp"
#include "persistence/archive/archive.hpp"
#include "persistence/journal/place.hpp"

namespace penstock::apps {

/// The archive of a journal that is restored. It is no part of the state folder: one that survived is used as
/// it is and never changed, else the folder that was named gets what the copy has. One restore.
class RestoredArchive {
  public:
    RestoredArchive(const RestoreFrom& from, const Note& note) : from_(from), note_(note) {}

    // Each says what is wrong, or nothing.
    /// That which survived, or that of the copy, until it is known how much of it is wanted.
    std::optional<std::string> open();
    /// Where the new journal goes on is not archived, nor anything later.
    std::optional<std::string> place(std::uint64_t end_segment);
    /// Is the point where it was cut in what retention deleted?
    std::optional<std::string> check_pruned(const persistence::JournalPlace& place) const;
    /// What was deleted cannot be executed: a start needs a snapshot of after it.
    std::optional<std::string> check_start(const std::filesystem::path& snapshots) const;
    /// What was archived after the copy was made is of a journal that will go on otherwise. It is the only
    /// copy of that time, and may be in use: it is left where it is.
    std::optional<std::string> check_not_ahead(Seq last, std::uint64_t end_segment) const;
    /// After a failure: what place() put there goes.
    void take_back();

    /// Null: there is none.
    std::shared_ptr<const persistence::Archive> view() const { return archive_; }
    bool is_of_copy() const { return of_copy_ != nullptr; }

  private:
    /// The record of the oldest good snapshot that needs nothing before the segment `first`; 0: there is
    /// none.
    std::uint64_t first_start(const std::filesystem::path& snapshots, std::uint64_t first) const;
    /// Of an archive that goes too far.
    std::string what_instead() const;

    const RestoreFrom& from_;
    const Note& note_;
    std::shared_ptr<persistence::Archive> archive_;
    std::shared_ptr<persistence::Archive> of_copy_;  // null: archive_ was there before
    bool is_copied_ = false;
};

}  // namespace penstock::apps
