#include "tests/scenarios/all_scenarios.hpp"
#include "tests/places.hpp"

#include <algorithm>
#include <filesystem>

namespace penstock::scenarios {
namespace {

std::string folder() { return tests::source_dir() + "/tests/scenarios/"; }

}  // namespace

std::vector<std::string> all_scenarios() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder()))
        if (entry.path().extension() == ".scn") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<Line> scenario(const std::string& name) { return parse_file(folder() + (name + ".scn")); }

std::vector<Line> standard_world() {
    return parse_file(tests::source_dir() + "/tests/scenarios/standard.world");
}

}  // namespace penstock::scenarios
