#include "persistence/journal/reader.hpp"

#include <algorithm>
#include <cstring>
#include <set>

#include "persistence/journal/disk.hpp"
#include "persistence/journal/head_file.hpp"
#include "persistence/journal/recovery.hpp"
#include "persistence/journal/segment_names.hpp"

namespace penstock::persistence {

std::optional<JournalError> JournalReader::open(const JournalSettings& settings) {
    HeadFile head;
    if (auto error = HeadFile::look(settings, head)) return error;
    directory_ = settings.directory;
    more_ = settings.more;
    identity_ = head.identity();
    watermark_ = head.watermark();
    return std::nullopt;
}

std::optional<JournalError> JournalReader::go_to_end() {
    RecoveryRun run(directory_, identity_.uuid, watermark_);
    run.also_in(more_.get());
    if (const auto start = segment_start(Seq{watermark_.segment})) {
        OffsetIndex index;
        index.enter_segment(start->segment);
        run.begin_at(*start, std::move(index));
    }
    run.look([](const oms::Record&) { return true; });
    if (run.result().error) return run.result().error;
    unnamed_ = run.unnamed();
    const JournalPlace end = run.place();
    if (end.segment == 0) return std::nullopt;
    watermark_.epoch = end.epoch;
    watermark_.seq = end.last_seq;
    watermark_.segment = end.segment;
    watermark_.offset = end.offset;
    watermark_.block_start = end.block_start;
    watermark_.chain = end.chain;
    return std::nullopt;
}

std::optional<JournalError> JournalReader::read(const JournalPlace* from, OffsetIndex& index,
                                                const oms::Visit& visit) {
    RecoveryRun run(directory_, identity_.uuid, watermark_);
    run.also_in(more_.get());
    if (from != nullptr) run.begin_at(*from, std::move(index));
    if (!end_after_.is_none())
        run.end_before([&](const RecordHeader& header) { return header.seq > end_after_.value; });
    run.run_to_watermark(visit);
    if (run.result().error) return run.result().error;
    reached_ = run.place();
    index = std::move(run.index());
    return std::nullopt;
}

Recovery JournalReader::check(Beside beside, const oms::Visit& visit) const {
    RecoveryRun run(directory_, identity_.uuid, watermark_);
    run.also_in(more_.get());
    run.begin_with(first_kept());
    beside == Beside::AWriter ? run.run_to_watermark(visit) : run.look(visit);
    return run.result();
}

std::optional<JournalError> JournalReader::read_stored(const JournalPlace* from, const VisitStored& visit) {
    RecoveryRun run(directory_, identity_.uuid, watermark_);
    run.also_in(more_.get());
    if (from != nullptr) {
        OffsetIndex index;
        index.enter_segment(from->segment);
        run.begin_at(*from, std::move(index));
    }
    run.run_to_watermark([&](const oms::Record& record) { return visit(run.shown(), record); });
    if (run.result().error) return run.result().error;
    reached_ = run.place();
    return std::nullopt;
}

std::optional<JournalPlace> JournalReader::segment_start(Seq seq) const {
    JournalPlace place;
    const auto in_folder = segments_in(directory_);
    std::set<std::uint64_t> segments(in_folder.begin(), in_folder.end());
    if (more_ != nullptr)
        for (const std::uint64_t first : more_->list()) segments.insert(first);
    for (const std::uint64_t first : segments) {
        if (first > seq.value) continue;
        ++place.segments;
        place.segment = first;
    }
    Mapping mapping;
    SegmentHeader header;
    if (place.segment == 0) return std::nullopt;
    if (Mapping::map(directory_ / segment_name(place.segment), mapping) != 0 &&
        (more_ == nullptr || more_->read(place.segment, mapping)))
        return std::nullopt;
    if (mapping.bytes().size() < sizeof header) return std::nullopt;
    std::memcpy(&header, mapping.bytes().data(), sizeof header);
    if (!verifies(header) || header.uuid != identity_.uuid || header.first_seq != place.segment)
        return std::nullopt;
    place.last_seq = place.segment - 1;
    place.epoch = header.epoch;
    place.offset = sizeof header;
    place.chain_before = header.previous_chain;
    return place;
}

}  // namespace penstock::persistence
