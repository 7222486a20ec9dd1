#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace penstock::reports {

/// What is wrong with a table, for who wrote it: "codes.tsv:12: ...".
using Problem = std::string;

/// Lines of fields between tabulators, the first of which names the columns. `#` begins a comment line; empty
/// lines count for nothing. Fields are taken as they are: there is no quoting.
class Tsv {
  public:
    struct Line {
        int number = 0;
        std::vector<std::string> cells;
    };

    /// A line with more cells than there are columns is a problem; one with fewer has empty ones.
    static std::variant<Tsv, Problem> parse(std::string file, std::string_view text);

    const std::vector<Line>& lines() const { return lines_; }
    /// Empty when there is no such column.
    const std::string& at(const Line& line, std::string_view column) const;
    bool has(std::string_view column) const;
    std::string place(const Line& line) const { return file_ + ":" + std::to_string(line.number); }

  private:
    std::string file_;
    std::vector<std::string> columns_;
    std::vector<Line> lines_;
};

/// The parts of a text between separators; none of an empty text.
std::vector<std::string> split(std::string_view text, char separator);

}  // namespace penstock::reports
