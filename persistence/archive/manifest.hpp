#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "oms/domain/time.hpp"
#include "persistence/archive/whole_file.hpp"

namespace penstock::persistence {

/// What a backup holds: the file MANIFEST, text, with a SHA-256 of itself at the end. Written last: a folder
/// without one is no backup.
struct Manifest {
    struct File {
        std::string path;  // from the backup's folder
        CopiedFile copied;
    };
    Uuid journal{};
    std::uint64_t seq = 0;  // the last record of it
    Timestamp made;
    std::string by;  // who made it
    std::vector<File> files;
};
std::optional<std::string> write_manifest(const std::filesystem::path& folder, const Manifest& manifest);
std::optional<std::string> read_manifest(const std::filesystem::path& folder, Manifest& manifest);

/// Compares every file with the manifest. Nothing when all are as they were and no other is there, else the
/// first that is not. Throws std::filesystem::filesystem_error when the folder cannot be listed.
std::optional<std::string> check_files(const std::filesystem::path& folder, const Manifest& manifest);

}  // namespace penstock::persistence
