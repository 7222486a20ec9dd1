#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "config/findings.hpp"

namespace penstock::config {

struct CfgValue {
    std::string text;
    int line = 0;
};

/// One [SESSION] with what it inherits from [DEFAULT]. Keys are lower case: to QuickFIX, upper and lower
/// case are the same.
struct CfgSection {
    int line = 0;
    std::map<std::string, CfgValue> values;
};

/// Reads the lines of a QuickFIX .cfg as QuickFIX does: blanks around everything are dropped, a line
/// that begins with # is a comment, [DEFAULT] holds what every [SESSION] starts from. What QuickFIX
/// passes over in silence is a warning here.
std::vector<CfgSection> read_cfg_file(const std::filesystem::path& file, Findings& findings);

}  // namespace penstock::config
