#include "persistence/archive/shipping.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <vector>

#include "persistence/archive/whole_file.hpp"
#include "persistence/journal/head_file.hpp"
#include "persistence/journal/segment_names.hpp"
#include "persistence/snapshot/store.hpp"

namespace penstock::persistence {
namespace {

constexpr std::size_t kKeptSnapshots = 2;
/// Written between two syncs, so that the journal's disk never waits for all of it when both are one.
constexpr std::size_t kPiece = std::size_t{8} << 20U;

std::optional<std::string> append(const std::filesystem::path& file, std::string_view bytes,
                                  std::uint64_t from) {
    Fd fd;
    int error = open_file(file, O_RDWR | O_CREAT, fd);
    while (error == 0 && from < bytes.size()) {
        const std::string_view piece = bytes.substr(from, kPiece);
        error = write_at(fd.get(), piece.data(), piece.size(), from);
        if (error == 0) error = sync_data(fd.get());
        from += piece.size();
    }
    // An attempt that was interrupted may have left more.
    if (error == 0 && ::ftruncate(fd.get(), static_cast<off_t>(bytes.size())) != 0) error = errno;
    if (error == 0) return std::nullopt;
    return file.string() + ": cannot write: " + errno_text(error);
}

std::vector<std::uint64_t> segments_between(const JournalSettings& settings, std::uint64_t from,
                                            std::uint64_t to) {
    std::vector<std::uint64_t> found = segments_in(settings.directory);
    if (settings.more != nullptr) std::ranges::copy(settings.more->list(), std::back_inserter(found));
    std::erase_if(found, [&](std::uint64_t first) { return first < from || first > to; });
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found;
}

std::optional<std::string> map(const JournalSettings& settings, std::uint64_t segment, Mapping& mapping) {
    const auto file = settings.directory / segment_name(segment);
    const int error = Mapping::map(file, mapping);
    if (error == ENOENT && settings.more != nullptr) return settings.more->read(segment, mapping);
    if (error == 0) return std::nullopt;
    return file.string() + ": cannot read: " + errno_text(error);
}

/// How far the copy goes. False: it cannot be continued.
std::optional<std::string> look_at_copy(const std::filesystem::path& copy, const HeadFile& head,
                                        Watermark& has) {
    if (!std::filesystem::exists(copy / "HEAD")) return std::nullopt;
    JournalSettings there;
    there.directory = copy;
    there.instance = {};
    HeadFile known;
    if (const auto error = HeadFile::look(there, known)) return error->text;
    has = known.watermark();
    if (known.identity().uuid == head.identity().uuid && has.seq <= head.watermark().seq) return std::nullopt;
    return copy.string() +
           " holds the copy of another journal, or one that is ahead of this: it was not touched. "
           "Move it away, then shipping begins anew";
}

/// Is the copy the beginning of this journal? After a restore from an older one it may not be, though it has
/// the same name and fewer records.
std::optional<std::string> prove(const JournalSettings& settings, const std::filesystem::path& copy,
                                 const Watermark& has) {
    if (has.segment == 0) return std::nullopt;
    Mapping ours;
    if (auto error = map(settings, has.segment, ours)) return error;
    Mapping theirs;
    const auto file = copy / segment_name(has.segment);
    if (const int error = Mapping::map(file, theirs))
        return file.string() + ": cannot read: " + errno_text(error);
    const bool is_equal = has.offset <= ours.bytes().size() && has.offset <= theirs.bytes().size() &&
                          ours.bytes().substr(0, has.offset) == theirs.bytes().substr(0, has.offset);
    if (is_equal) return std::nullopt;
    return file.string() +
           " has other bytes than this journal: the copy is of before a restore, or it was damaged. It was "
           "not touched. Move " +
           copy.string() + " away, then shipping begins anew";
}

}  // namespace

Shipped ship_journal(const JournalSettings& settings, const std::filesystem::path& copy, ProvenCopy& proven) {
    Shipped done;
    HeadFile head;
    const auto fail = [&](std::string why) {
        done.failure = std::move(why);
        return done;
    };
    if (const auto error = HeadFile::look(settings, head)) return fail(error->text);
    std::error_code failed;
    std::filesystem::create_directories(copy, failed);
    if (failed) return fail(copy.string() + ": cannot be made: " + failed.message());
    Watermark has;
    if (auto error = look_at_copy(copy, head, has)) return fail(std::move(*error));
    const bool is_proven =
        has.segment == proven.end.segment && has.offset == proven.end.offset && has.chain == proven.end.chain;
    if (!is_proven)
        if (auto error = prove(settings, copy, has)) return fail(std::move(*error));
    proven.end = has;
    const Watermark& until = head.watermark();
    done.seq = Seq{has.seq};
    if (until.segment == 0 || (until.segment == has.segment && until.offset == has.offset)) return done;
    const std::uint64_t from =
        std::max(has.segment, settings.more != nullptr ? settings.more->first_kept() : 1);
    for (const std::uint64_t segment : segments_between(settings, from, until.segment)) {
        Mapping mapping;
        if (auto error = map(settings, segment, mapping)) return fail(std::move(*error));
        std::string_view bytes = mapping.bytes();
        bytes = segment == until.segment ? bytes.substr(0, until.offset) : used_part(bytes);
        const std::uint64_t known = segment == has.segment ? has.offset : 0;
        if (auto error = append(copy / segment_name(segment), bytes, known)) return fail(std::move(*error));
        done.bytes += bytes.size() - std::min<std::uint64_t>(known, bytes.size());
    }
    if (const int error = sync_directory(copy)) return fail(copy.string() + ": " + errno_text(error));
    if (auto error = replace_file(copy / "HEAD", HeadFile::bytes_of(head.identity(), until)))
        return fail(std::move(*error));
    proven.end = until;
    done.seq = Seq{until.seq};
    return done;
}

std::optional<std::string> ship_snapshot(const std::filesystem::path& snapshots,
                                         const std::filesystem::path& copy) {
    const auto newest = SnapshotStore(snapshots).newest_first();
    if (newest.empty() || std::filesystem::exists(copy / newest.front().filename())) return std::nullopt;
    std::error_code failed;
    std::filesystem::create_directories(copy, failed);
    Mapping mapping;
    if (const int error = Mapping::map(newest.front(), mapping))
        return newest.front().string() + ": cannot read: " + errno_text(error);
    if (auto error = replace_file(copy / newest.front().filename(), mapping.bytes())) return error;
    const auto kept = SnapshotStore(copy).newest_first();
    for (std::size_t at = kKeptSnapshots; at < kept.size(); ++at)
        if (auto error = remove_file(kept[at])) return error;
    return std::nullopt;
}

}  // namespace penstock::persistence
