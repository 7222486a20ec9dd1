#include "apps/runtime/restored_archive.hpp"

#include <algorithm>
#include <iterator>

#include "oms/engine/state_layout.hpp"
#include "persistence/archive/part.hpp"
#include "persistence/journal/segment_names.hpp"
#include "persistence/snapshot/store.hpp"

namespace penstock::apps {
namespace {

namespace fs = std::filesystem;

std::string records_of(const persistence::ArchivedSegment& one) {
    return "records " + std::to_string(one.first_seq) + "-" + std::to_string(one.last_seq);
}

}  // namespace

std::optional<std::string> RestoredArchive::open() {
    const bool has_one = fs::exists(from_.folder / "archive" / "INDEX");
    if (from_.archive.empty())
        return has_one ? std::optional<std::string>(
                             "this backup has archived segments: name a folder for them with --archive")
                       : std::nullopt;
    std::error_code failed;
    const bool is_there = fs::exists(from_.archive / "INDEX");
    if (is_there) note_(from_.archive.string() + " is used as it is");
    if (!is_there && has_one && fs::exists(from_.archive) && !fs::is_empty(from_.archive, failed))
        return from_.archive.string() +
               " is not empty and no archive: name an empty folder, or remove what is in it "
               "if that is of a restore that was interrupted";
    const bool reads_copy = has_one && !is_there;
    archive_ = std::make_shared<persistence::Archive>(reads_copy ? from_.folder / "archive" : from_.archive);
    if (reads_copy) of_copy_ = archive_;
    return archive_->load();
}

std::optional<std::string> RestoredArchive::place(std::uint64_t end_segment) {
    if (of_copy_ == nullptr) return std::nullopt;
    is_copied_ = true;
    if (auto error = persistence::copy_archive_before(*of_copy_, end_segment, from_.archive)) return error;
    archive_ = std::make_shared<persistence::Archive>(from_.archive);
    return archive_->load();
}

std::optional<std::string> RestoredArchive::check_pruned(const persistence::JournalPlace& place) const {
    if (archive_ == nullptr || place.last_seq >= archive_->first_kept()) return std::nullopt;
    std::optional<std::string> found;
    for (const auto& one : archive_->index().segments)
        if (!one.is_kept() && from_.includes(one.first_seq, one.first_time))
            found = "that point is in " + persistence::segment_name(one.first_seq) + ", " + records_of(one) +
                    ", which was deleted as retention allows: name a point from record " +
                    std::to_string(archive_->first_kept()) + " on, or an older copy that has it";
    return found;
}

std::optional<std::string> RestoredArchive::check_start(const fs::path& snapshots) const {
    const std::uint64_t first = archive_ == nullptr ? 1 : archive_->first_kept();
    if (first == 1 || first_start(snapshots, first) != 0) return std::nullopt;
    const auto& all = archive_->index().segments;
    const auto kept = std::ranges::find_if(all, [](const auto& one) { return one.is_kept(); });
    const std::string deleted = persistence::segment_name(std::prev(kept)->first_seq);
    const std::uint64_t from = first_start(from_.folder / "snapshots", first);
    return "penstockd could not start from it: segments up to " + deleted +
           " were deleted as retention allows, and no snapshot is as early as that point. " +
           (from == 0 ? std::string("Name an older copy")
                      : "Name a point from record " + std::to_string(from) + " on, or an older copy");
}

std::uint64_t RestoredArchive::first_start(const fs::path& snapshots, std::uint64_t first) const {
    const persistence::SnapshotStore store(snapshots);
    std::uint64_t oldest = 0;
    for (const auto& file : store.newest_first()) {
        persistence::Snapshot snapshot;
        if (store.read(file, archive_->index().uuid, oms::state_layout(), snapshot)) continue;
        if (snapshot.header.place.segment >= first) oldest = snapshot.header.place.last_seq;
    }
    return oldest;
}

std::optional<std::string> RestoredArchive::check_not_ahead(Seq last, std::uint64_t end_segment) const {
    if (archive_ == nullptr) return std::nullopt;
    const std::string instead = what_instead();
    for (const auto& one : archive_->index().segments) {
        if (one.last_seq > last.value)
            return from_.archive.string() + " has " + records_of(one) + ", this ends at record " +
                   std::to_string(last.value) +
                   ": it is ahead. Move it away and keep it, it alone has what came after; then " + instead;
        if (one.first_seq >= end_segment)
            return "the segment it would go on in is archived in " + from_.archive.string() + ", with " +
                   records_of(one) + ": " + instead;
    }
    return std::nullopt;
}

std::string RestoredArchive::what_instead() const {
    if (fs::exists(from_.folder / "archive" / "INDEX"))
        return "name a folder that is empty with --archive: it gets what the backup's own archive has "
               "up to that point. Or name a later point or copy";
    if (fs::exists(from_.folder / "MANIFEST"))
        return "name a folder that is empty with --archive, or a later point or copy";
    return "name a folder that is empty with --archive. If segments are missing in " +
           (from_.folder / "journal").string() + ", copy that archive to " +
           (from_.folder / "archive").string() + " before: what is wanted of it is taken from there";
}

void RestoredArchive::take_back() {
    if (is_copied_) persistence::remove_copied_archive(*of_copy_, from_.archive);
}

}  // namespace penstock::apps
