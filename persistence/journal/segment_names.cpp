#include "persistence/journal/segment_names.hpp"

#include <algorithm>

namespace penstock::persistence {

std::vector<std::uint64_t> segments_in(const std::filesystem::path& directory) {
    std::vector<std::uint64_t> found;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(directory, failed))
        if (const auto first = first_seq_of(entry.path().filename().string())) found.push_back(first);
    std::ranges::sort(found);
    return found;
}

}  // namespace penstock::persistence
