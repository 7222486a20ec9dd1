#include "persistence/journal/spare_names.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <vector>

namespace penstock::persistence {
namespace {

constexpr std::string_view kSpare = "next-";

SpareFailure cannot_list(const std::filesystem::path& directory, const std::error_code& error) {
    return {Fault::IoError, directory, "cannot list the directory: " + error.message()};
}

/// A spare with a header was entered just before the process ended. One without never held a record that was
/// reported durable.
std::optional<SpareFailure> name_or_remove(const std::filesystem::path& spare, const Uuid& uuid) {
    SegmentHeader header;
    if (!read_header(spare, header) || header.uuid != uuid) {
        if (::unlink(spare.c_str()) == 0) return std::nullopt;
        return SpareFailure{Fault::IoError, spare, "cannot remove: " + errno_text(errno)};
    }
    const auto named = spare.parent_path() / segment_name(header.first_seq);
    if (std::filesystem::exists(named)) {
        return SpareFailure{Fault::Corrupt, spare,
                            "begins with the same record as " + named.string() +
                                ". Keep both aside and restore the directory."};
    }
    if (std::rename(spare.c_str(), named.c_str()) == 0) return std::nullopt;
    return SpareFailure{Fault::IoError, spare, "cannot rename: " + errno_text(errno)};
}

}  // namespace

bool read_header(const std::filesystem::path& path, SegmentHeader& header) {
    Fd fd;
    std::array<char, sizeof(SegmentHeader)> bytes{};
    std::size_t got = 0;
    if (open_file(path, O_RDONLY, fd) != 0) return false;
    if (read_at(fd.get(), bytes.data(), bytes.size(), 0, got) != 0 || got != bytes.size()) return false;
    std::memcpy(&header, bytes.data(), sizeof header);
    return verifies(header);
}

std::optional<SpareFailure> name_spares(const std::filesystem::path& directory, const Uuid& uuid) {
    std::error_code failed;
    std::vector<std::filesystem::path> spares;
    for (const auto& entry : std::filesystem::directory_iterator(directory, failed))
        if (entry.path().filename().string().starts_with(kSpare)) spares.push_back(entry.path());
    for (const auto& spare : spares)
        if (auto failure = name_or_remove(spare, uuid)) return failure;
    if (!spares.empty()) sync_directory(directory);
    return failed ? std::optional(cannot_list(directory, failed)) : std::nullopt;
}

SparesFound find_entered_spares(const std::filesystem::path& directory, const Uuid& uuid) {
    std::error_code failed;
    SparesFound found;
    for (const auto& entry : std::filesystem::directory_iterator(directory, failed)) {
        SegmentHeader header;
        if (!entry.path().filename().string().starts_with(kSpare)) continue;
        if (!read_header(entry.path(), header) || header.uuid != uuid) continue;
        if (!std::filesystem::exists(directory / segment_name(header.first_seq)))
            found.entered[header.first_seq] = entry.path();
    }
    if (failed) found.failure = cannot_list(directory, failed);
    return found;
}

}  // namespace penstock::persistence
