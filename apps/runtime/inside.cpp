#include "apps/runtime/inside.hpp"

namespace penstock::apps {

bool is_inside(const std::filesystem::path& folder, const std::filesystem::path& place) {
    if (place.empty()) return false;
    const auto whole = [](const std::filesystem::path& path) {
        return std::filesystem::weakly_canonical(std::filesystem::absolute(path));
    };
    const auto from_place = whole(folder).lexically_relative(whole(place));
    return !from_place.empty() && *from_place.begin() != "..";
}

}  // namespace penstock::apps
