#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::scenarios {

/// What is wrong with a scenario, for its author: "cancel.scn:12: ...".
struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Which way a line goes: `>` into the system, `<` out of it, or neither (the stage itself).
enum class Way { In, Out, Stage };

/// One line of a scenario, cut into words.
struct Line {
    std::string file;
    int number = 0;
    std::string text;  // as written, blanks at the ends removed
    Way way = Way::Stage;
    std::string party;  // "client A", "venue X", "alarm", "route"; empty for the stage
    std::vector<std::string> words;

    /// "cancel.scn:12"
    std::string place() const { return file + ":" + std::to_string(number); }
};

/// Cuts text into lines. `#` begins a comment, quotes hold words together. Throws Failure.
std::vector<Line> parse(const std::string& file, std::string_view text);
/// Reads and parses a file. Throws Failure.
std::vector<Line> parse_file(const std::string& path);

}  // namespace penstock::scenarios
