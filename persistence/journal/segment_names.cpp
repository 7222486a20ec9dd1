#include "persistence/journal/segment_names.hpp"

#include <algorithm>

namespace penstock::persistence {

std::vector<std::uint64_t> segments_in(const std::filesystem::path& directory) {
    std::vector<std::uint64_t> found;
    std::error_code failed;
    std::filesystem::directory_iterator entry(directory, failed);
    for (; !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed))
        if (const auto first = first_seq_of(entry->path().filename().string())) found.push_back(first);
    if (failed) return {};
    std::ranges::sort(found);
    return found;
}

}  // namespace penstock::persistence
