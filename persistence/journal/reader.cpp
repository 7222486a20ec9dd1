#include "persistence/journal/reader.hpp"

#include "persistence/journal/head_file.hpp"
#include "persistence/journal/recovery.hpp"

namespace penstock::persistence {

std::optional<JournalError> JournalReader::open(const JournalSettings& settings) {
    HeadFile head;
    if (auto error = HeadFile::look(settings, head)) return error;
    directory_ = settings.directory;
    identity_ = head.identity();
    watermark_ = head.watermark();
    return std::nullopt;
}

std::optional<JournalError> JournalReader::read(const JournalPlace* from, OffsetIndex& index,
                                                const oms::Visit& visit) {
    RecoveryRun run(directory_, identity_.uuid, watermark_);
    if (from != nullptr) run.begin_at(*from, std::move(index));
    run.run_to_watermark(visit);
    if (run.result().error) return run.result().error;
    reached_ = run.place();
    index = std::move(run.index());
    return std::nullopt;
}

}  // namespace penstock::persistence
