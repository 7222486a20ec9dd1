#include "persistence/archive/cut.hpp"

#include <unistd.h>

#include <cerrno>

#include "persistence/archive/whole_file.hpp"
#include "persistence/journal/head_file.hpp"
#include "persistence/journal/recovery.hpp"
#include "persistence/journal/segment_names.hpp"

namespace penstock::persistence {
namespace {

/// Later segments go, the one it ends in is cut.
std::optional<std::string> drop_the_rest(const JournalSettings& settings, const JournalPlace& place) {
    const auto& directory = settings.directory;
    const auto last = directory / segment_name(place.segment);
    if (auto error = unpack_end(settings, place.segment, place.offset)) return error;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(directory, failed))
        if (first_seq_of(entry.path().filename().string()) > place.segment)
            if (auto error = remove_file(entry.path())) return error;
    if (failed) return directory.string() + ": " + failed.message();
    if (::truncate(last.c_str(), static_cast<off_t>(place.offset)) != 0)
        return last.string() + ": cannot be cut: " + errno_text(errno);
    return std::nullopt;
}

}  // namespace

std::optional<std::string> unpack_end(const JournalSettings& settings, std::uint64_t segment,
                                      std::uint64_t offset) {
    const auto file = settings.directory / segment_name(segment);
    if (std::filesystem::exists(file)) return std::nullopt;
    if (settings.more == nullptr) return file.string() + " is missing";
    Mapping mapping;
    if (auto error = settings.more->read(segment, mapping)) return error;
    return replace_file(file, mapping.bytes().substr(0, static_cast<std::size_t>(offset)));
}

std::optional<std::string> cut_journal(const JournalSettings& settings,
                                       std::function<bool(const RecordHeader&)> ends, JournalPlace& place) {
    HeadFile head;
    if (const auto error = HeadFile::look(settings, head)) return error->text;
    RecoveryRun run(settings.directory, head.identity().uuid, head.watermark());
    run.also_in(settings.more.get());
    if (settings.more != nullptr) run.begin_with(settings.more->first_kept());
    run.end_before(std::move(ends));
    run.run_to_watermark({});
    if (run.result().error) return run.result().error->text;
    place = run.place();
    if (place.segment == 0) return "nothing is left of it";
    if (auto error = drop_the_rest(settings, place)) return error;
    Watermark end;
    end.epoch = place.epoch;
    end.seq = place.last_seq;
    end.segment = place.segment;
    end.offset = place.offset;
    end.block_start = place.block_start;
    end.chain = place.chain;
    return replace_file(settings.directory / "HEAD", HeadFile::bytes_of(head.identity(), end));
}

}  // namespace penstock::persistence
