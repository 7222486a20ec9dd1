#include "persistence/journal/reader.hpp"

#include "persistence/journal/head_file.hpp"
#include "persistence/journal/recovery.hpp"

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

std::optional<JournalError> JournalReader::read(const JournalPlace* from, OffsetIndex& index,
                                                const std::function<bool(const oms::Record&)>& visit) {
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

Recovery JournalReader::check(Beside beside, const std::function<bool(const oms::Record&)>& visit) const {
    RecoveryRun run(directory_, identity_.uuid, watermark_);
    run.also_in(more_.get());
    run.begin_with(first_kept());
    beside == Beside::AWriter ? run.run_to_watermark(visit) : run.look(visit);
    return run.result();
}

}  // namespace penstock::persistence
