#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "persistence/journal/format.hpp"

namespace penstock::persistence {

/// Puts a whole file there, or leaves what was: written beside it as "<name>.new", synced, renamed, and the
/// folder synced. Nothing when that worked, else what failed.
std::optional<std::string> replace_file(const std::filesystem::path& path, std::string_view bytes);

/// A segment without the zeros behind its last record. Where anything else is behind it, all of it: that is
/// for a verification to judge.
std::string_view used_part(std::string_view segment);

/// What a copied file is.
struct CopiedFile {
    std::uint64_t bytes = 0;
    Digest sha256{};
};
/// The same, with the first `bytes` of the segment `from`, or with all that was written to it.
inline constexpr std::uint64_t kUsedPart = ~std::uint64_t{0};
std::optional<std::string> copy_segment(const std::filesystem::path& from, std::uint64_t bytes,
                                        const std::filesystem::path& to, CopiedFile& copied);

/// SHA-256 and size of a file. Nothing when that worked, else why not.
std::optional<std::string> digest_file(const std::filesystem::path& path, CopiedFile& found);

/// Removes it and syncs its folder. Nothing when it is gone.
std::optional<std::string> remove_file(const std::filesystem::path& path);

}  // namespace penstock::persistence
