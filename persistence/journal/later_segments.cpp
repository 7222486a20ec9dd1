#include "persistence/journal/later_segments.hpp"

#include "persistence/journal/spare_names.hpp"

namespace penstock::persistence {

std::optional<LaterSegment> find_later_segment(const std::filesystem::path& directory,
                                               std::span<const std::uint64_t> firsts, const Uuid& uuid) {
    for (const std::uint64_t first : firsts) {
        const std::filesystem::path file = directory / segment_name(first);
        SegmentHeader header;
        if (!read_header(file, header)) continue;
        if (header.uuid != uuid) return LaterSegment{LaterSegment::Of::AnotherJournal, first, file};
        if (header.synced != 0) return LaterSegment{LaterSegment::Of::ThisJournal, first, file};
    }
    return std::nullopt;
}

}  // namespace penstock::persistence
