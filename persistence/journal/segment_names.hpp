#pragma once

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace penstock::persistence {

/// "j-00000000000000000017.seg" is 17; 0 for any other name.
inline std::uint64_t first_seq_of(const std::string& name) {
    std::uint64_t value = 0;
    if (name.size() != 26 || !name.starts_with("j-") || !name.ends_with(".seg")) return 0;
    const auto [end, error] = std::from_chars(name.data() + 2, name.data() + 22, value);
    return error == std::errc{} && end == name.data() + 22 ? value : 0;
}

/// The first seq of every segment whose file is in this folder, in order. Of a folder that cannot be listed:
/// none.
std::vector<std::uint64_t> segments_in(const std::filesystem::path& directory);

}  // namespace penstock::persistence
