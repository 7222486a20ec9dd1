#include "persistence/archive/part.hpp"

#include "persistence/archive/whole_file.hpp"

namespace penstock::persistence {

std::optional<std::string> copy_archive_before(const Archive& from, std::uint64_t open,
                                               const std::filesystem::path& to) {
    std::error_code failed;
    std::filesystem::create_directories(to, failed);
    if (failed) return to.string() + ": cannot be made: " + failed.message();
    ArchiveIndex part = from.index();
    std::erase_if(part.segments, [open](const ArchivedSegment& one) { return one.first_seq >= open; });
    for (const ArchivedSegment& one : part.segments) {
        if (!one.is_kept()) continue;
        const auto file = from.file_of(one.first_seq);
        CopiedFile copied;
        if (auto error = copy_segment(file, one.stored_bytes, to / file.filename(), copied)) return error;
        if (copied.sha256 != one.stored_sha256)
            return file.string() + ": damaged: another SHA-256 than INDEX has";
    }
    return write_index(to, part);
}

void remove_copied_archive(const Archive& from, const std::filesystem::path& to) {
    std::error_code ignored;
    std::filesystem::remove(to / "INDEX", ignored);
    for (const ArchivedSegment& one : from.index().segments)
        std::filesystem::remove(to / from.file_of(one.first_seq).filename(), ignored);
}

}  // namespace penstock::persistence
