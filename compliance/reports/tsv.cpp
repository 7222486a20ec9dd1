#include "compliance/reports/tsv.hpp"

#include <algorithm>

namespace penstock::reports {
namespace {

std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells;
    for (;;) {
        const std::size_t tab = line.find('\t');
        cells.emplace_back(line.substr(0, tab));
        if (tab == std::string_view::npos) return cells;
        line.remove_prefix(tab + 1);
    }
}

}  // namespace

std::variant<Tsv, Problem> Tsv::parse(std::string file, std::string_view text) {
    Tsv tsv;
    tsv.file_ = std::move(file);
    int number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty() || line.front() == '#') continue;
        Line made{number, cells_of(line)};
        if (tsv.columns_.empty()) {
            tsv.columns_ = std::move(made.cells);
            continue;
        }
        if (made.cells.size() > tsv.columns_.size())
            return tsv.place(made) + ": " + std::to_string(made.cells.size()) + " fields, and " +
                   std::to_string(tsv.columns_.size()) + " columns";
        tsv.lines_.push_back(std::move(made));
    }
    if (tsv.columns_.empty()) return tsv.file_ + ": has no line that names columns";
    return tsv;
}

const std::string& Tsv::at(const Line& line, std::string_view column) const {
    static const std::string kNothing;
    const auto found = std::ranges::find(columns_, column);
    const auto index = static_cast<std::size_t>(found - columns_.begin());
    return index < line.cells.size() ? line.cells[index] : kNothing;
}

bool Tsv::has(std::string_view column) const { return std::ranges::find(columns_, column) != columns_.end(); }

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return parts;
}

}  // namespace penstock::reports
