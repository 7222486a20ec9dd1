#include "apps/runtime/archiving.hpp"

#include <algorithm>
#include <cstring>

#include "oms/engine/state_layout.hpp"
#include "persistence/journal/segment_names.hpp"

namespace penstock::apps {
namespace {

using persistence::ArchivedSegment;

/// The place of each snapshot that is whole and of this journal, newest first.
std::vector<persistence::JournalPlace> good_snapshots(const StoragePlaces& places,
                                                      const persistence::Uuid& uuid) {
    std::vector<persistence::JournalPlace> found;
    const persistence::SnapshotStore store(places.state / "snapshots");
    for (const auto& file : store.newest_first()) {
        persistence::Snapshot snapshot;
        if (store.read(file, uuid, oms::state_layout(), snapshot)) continue;
        const auto& place = snapshot.header.place;
        if (!misfit(place, places.journal.directory, uuid, places.journal.more.get())) found.push_back(place);
    }
    return found;
}

/// What its records say of it: last seq, times. The next segment says where it ends; what is wrong when they
/// do not come as far. Archived, the damage would be all there is: the original goes.
std::optional<std::string> describe(const std::filesystem::path& file, std::uint64_t first,
                                    std::uint64_t next, ArchivedSegment& segment) {
    segment.first_seq = first;
    segment.last_seq = next - 1;
    persistence::Mapping mapping;
    if (const int error = persistence::Mapping::map(file, mapping))
        return file.string() + ": cannot read: " + persistence::errno_text(error);
    std::size_t offset = sizeof(persistence::SegmentHeader);
    std::uint64_t expected = first;
    persistence::RecordAt record;
    while (offset < mapping.bytes().size() &&
           persistence::find_record(mapping.bytes().substr(offset), record) == persistence::Found::Whole) {
        const bool is_input = record.header.kind == persistence::RecordKind::Input;
        if (is_input && record.header.seq != expected) break;
        offset += record.size;
        if (!is_input) continue;
        ++expected;
        if (segment.first_time.is_none()) segment.first_time = Timestamp{record.header.time_ns};
        segment.last_time = Timestamp{record.header.time_ns};
    }
    if (expected == next) return std::nullopt;
    return file.string() + ": byte " + std::to_string(offset) + ": record " + std::to_string(expected) +
           " is damaged or missing: not archived; see docs/runbooks/journal_damaged.md";
}

}  // namespace

std::shared_ptr<persistence::Archive> open_archive(const std::filesystem::path& folder, const Note& note) {
    if (folder.empty()) return nullptr;
    auto archive = std::make_shared<persistence::Archive>(folder);
    if (const auto error = archive->load()) note(*error);
    return archive;
}

StoragePlaces places_of(const config::Config& config) {
    return {config.state_directory, config.journal, config.storage};
}

std::uint64_t start_reads_from(const StoragePlaces& places, const Note& note) {
    persistence::JournalReader reader;
    if (const auto error = reader.open(places.journal)) {
        note(error->text);
        return 0;
    }
    const auto good = good_snapshots(places, reader.identity().uuid);
    return good.empty() ? 0 : good.front().segment;
}

Archived archive_closed_segments(const StoragePlaces& places, const Note& note) {
    Archived done;
    persistence::JournalReader reader;
    if (const auto error = reader.open(places.journal)) {
        done.failure = error->text;
        return done;
    }
    persistence::Archive archive(places.storage.archive);
    done.failure = archive.lock();
    if (done.failure) return done;
    const persistence::Uuid& uuid = reader.identity().uuid;
    const auto good = good_snapshots(places, uuid);
    if (good.empty()) {
        done.why_no_more = "there is no good snapshot yet: a start reads all segments";
        return done;
    }
    // The open segment is the watermark's or one after it; the newest closed ones stay for resends.
    std::vector<std::uint64_t> segments = persistence::segments_in(places.journal.directory);
    std::vector<std::uint64_t> closed;
    for (const std::uint64_t first : segments)
        if (first < reader.watermark().segment && first < good.back().segment) closed.push_back(first);
    const std::size_t stay = std::min<std::size_t>(places.storage.keep_segments, closed.size());
    closed.resize(closed.size() - stay);
    done.why_no_more = stay > 0 ? "keep_segments" : "the oldest kept snapshot starts there, or it is open";
    for (const std::uint64_t first : closed) {
        const std::uint64_t next = *std::ranges::upper_bound(segments, first);
        const auto file = places.journal.directory / persistence::segment_name(first);
        ArchivedSegment segment;
        done.failure = describe(file, first, next, segment);
        if (!done.failure) done.failure = archive.take(file, uuid, segment);
        if (done.failure) return done;
        const ArchivedSegment& taken = *archive.index().find(first);
        note("archived " + file.filename().string() + ": " + std::to_string(taken.bytes) + " bytes as " +
             std::to_string(taken.stored_bytes));
        ++done.segments;
        done.bytes += taken.bytes;
        done.stored += taken.stored_bytes;
    }
    return done;
}

}  // namespace penstock::apps
