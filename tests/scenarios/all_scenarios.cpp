#include "tests/scenarios/all_scenarios.hpp"

#include <algorithm>
#include <filesystem>

namespace penstock::scenarios {
namespace {

constexpr const char* kFolder = PENSTOCK_SOURCE_DIR "/tests/scenarios/";

}  // namespace

std::vector<std::string> all_scenarios() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(kFolder))
        if (entry.path().extension() == ".scn") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<Line> scenario(const std::string& name) { return parse_file(kFolder + (name + ".scn")); }

std::vector<Line> standard_world() {
    return parse_file(PENSTOCK_SOURCE_DIR "/tests/scenarios/standard.world");
}

}  // namespace penstock::scenarios
