#include "persistence/archive/archive.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>

#include "oms/domain/print.hpp"
#include "persistence/archive/whole_file.hpp"
#include "persistence/snapshot/file_sink.hpp"

namespace penstock::persistence {
namespace {

/// Higher ones gain some percent and take many times as long.
constexpr int kLevel = 3;

Digest sha256_of(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.finish();
}

std::optional<std::string> compress(std::string_view bytes, std::string& out) {
    const std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    out.resize(ZSTD_compressBound(bytes.size()));
    const std::size_t size =
        ZSTD_compress2(context.get(), out.data(), out.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(size) != 0) return std::string("zstd: ") + ZSTD_getErrorName(size);
    out.resize(size);
    return std::nullopt;
}

}  // namespace

std::filesystem::path Archive::file_of(std::uint64_t first_seq) const {
    return folder_ / (segment_name(first_seq) + ".zst");
}

std::optional<std::string> Archive::load() {
    problem_ = read_index(folder_, index_);
    return problem_;
}

std::vector<std::uint64_t> Archive::list() const {
    ArchiveIndex newest;
    problem_ = read_index(folder_, newest);
    if (!problem_) index_ = std::move(newest);
    std::vector<std::uint64_t> all;
    for (const ArchivedSegment& one : index_.segments) all.push_back(one.first_seq);
    return all;
}

std::uint64_t Archive::first_kept() const {
    // Only the oldest are ever deleted.
    std::uint64_t first = 1;
    for (const ArchivedSegment& one : index_.segments)
        if (!one.is_kept()) first = one.last_seq + 1;
    return first;
}

std::optional<std::string> Archive::read(std::uint64_t first_seq, Mapping& bytes) const {
    if (index_.find(first_seq) == nullptr) {
        list();
        if (problem_) return problem_;
    }
    const ArchivedSegment* const segment = index_.find(first_seq);
    if (segment == nullptr)
        return segment_name(first_seq) + " is neither in the journal's folder nor in " + folder_.string();
    if (!segment->is_kept())
        return segment_name(first_seq) + ", records " + std::to_string(segment->first_seq) + " to " +
               std::to_string(segment->last_seq) +
               ", was deleted as retention allows: what begins at a snapshot of after it needs none of them, "
               "and where [audit] was on the audit has them";
    const auto file = file_of(first_seq);
    const auto damaged = [&](const std::string& what) {
        return file.string() + ": " + what + ". Restore the file from a copy of the archive.";
    };
    Mapping stored;
    if (const int error = Mapping::map(file, stored)) return damaged("cannot be read: " + errno_text(error));
    char* room = nullptr;
    if (const int error = Mapping::make(segment->bytes, bytes, room)) return errno_text(error);
    const std::size_t size =
        ZSTD_decompress(room, segment->bytes, stored.bytes().data(), stored.bytes().size());
    if (ZSTD_isError(size) != 0 || size != segment->bytes)
        return damaged(std::string("damaged: zstd says ") + ZSTD_getErrorName(size));
    return std::nullopt;
}

std::optional<std::string> Archive::lock() {
    std::error_code failed;
    std::filesystem::create_directories(folder_, failed);
    if (failed) return folder_.string() + ": cannot be made: " + failed.message();
    if (const int error = open_file(folder_ / "LOCK", O_RDWR | O_CREAT, lock_))
        return (folder_ / "LOCK").string() + ": " + errno_text(error);
    if (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0)
        return folder_.string() + ": another process writes to this archive";
    return load();
}

std::optional<std::string> Archive::take(const std::filesystem::path& original, const Uuid& uuid,
                                         ArchivedSegment segment) {
    if (index_.uuid == Uuid{}) index_.uuid = uuid;
    if (index_.uuid != uuid) return folder_.string() + " is the archive of another journal";
    Mapping mapping;
    if (const int error = Mapping::map(original, mapping))
        return original.string() + ": cannot read: " + errno_text(error);
    const std::string_view bytes = used_part(mapping.bytes());
    std::string stored;
    if (auto error = compress(bytes, stored)) return error;
    segment.bytes = bytes.size();
    segment.sha256 = sha256_of(bytes);
    segment.stored_bytes = stored.size();
    segment.stored_sha256 = sha256_of(stored);
    if (const auto* known = index_.find(segment.first_seq)) {
        // A crash came before the original was removed.
        if (known->sha256 != segment.sha256) return original.string() + " is not what was archived of it";
    } else {
        if (auto error = replace_file(file_of(segment.first_seq), stored)) return error;
        if (auto error = check(segment)) return error;
        ArchiveIndex next = index_;
        next.segments.push_back(segment);
        std::ranges::sort(next.segments, {}, &ArchivedSegment::first_seq);
        if (auto error = write_index(folder_, next)) return error;
        index_ = std::move(next);
    }
    if (auto error = check(*index_.find(segment.first_seq))) return error;
    return remove_file(original);
}

std::optional<std::string> Archive::check(const ArchivedSegment& segment) const {
    const auto file = file_of(segment.first_seq);
    Mapping stored;
    if (const int error = Mapping::map(file, stored)) return file.string() + ": " + errno_text(error);
    if (sha256_of(stored.bytes()) != segment.stored_sha256)
        return file.string() + ": damaged: another SHA-256 than INDEX has";
    Mapping bytes;
    char* room = nullptr;
    if (const int error = Mapping::make(segment.bytes, bytes, room)) return errno_text(error);
    const std::size_t size =
        ZSTD_decompress(room, segment.bytes, stored.bytes().data(), stored.bytes().size());
    if (ZSTD_isError(size) != 0 || size != segment.bytes || sha256_of(bytes.bytes()) != segment.sha256)
        return file.string() + ": damaged: what it holds is not what was archived";
    return std::nullopt;
}

std::optional<std::string> Archive::remove(std::uint64_t first_seq, Timestamp now) {
    ArchiveIndex next = index_;
    for (ArchivedSegment& one : next.segments)
        if (one.first_seq == first_seq) one.deleted = now;
    if (auto error = write_index(folder_, next)) return error;
    index_ = std::move(next);
    return remove_file(file_of(first_seq));
}

std::optional<std::string> Archive::why_not_held(const std::string& matter) const {
    const LegalHold* const there = index_.hold(matter);
    if (there == nullptr) return std::nullopt;
    return "there is a hold " + matter + " already, of records from " + oms::to_text(there->from) + " to " +
           oms::to_text(there->to) +
           ", and no hold is replaced: release it first, or give this one another name";
}

std::optional<std::string> Archive::add_hold(LegalHold hold) {
    if (auto why = why_not_held(hold.matter)) return why;
    ArchiveIndex next = index_;
    next.holds.push_back(std::move(hold));
    if (auto error = write_index(folder_, next)) return error;
    index_ = std::move(next);
    return std::nullopt;
}

std::optional<std::string> Archive::why_not_released(const std::string& matter) const {
    if (index_.hold(matter) != nullptr) return std::nullopt;
    std::string known;
    for (const LegalHold& hold : index_.holds) known += (known.empty() ? "" : ", ") + hold.matter;
    return "there is no hold " + matter + "; " +
           (known.empty() ? "there is none at all" : "holds are " + known);
}

std::optional<std::string> Archive::release_hold(const std::string& matter) {
    if (auto why = why_not_released(matter)) return why;
    ArchiveIndex next = index_;
    std::erase_if(next.holds, [&](const LegalHold& hold) { return hold.matter == matter; });
    if (auto error = write_index(folder_, next)) return error;
    index_ = std::move(next);
    return std::nullopt;
}

}  // namespace penstock::persistence
