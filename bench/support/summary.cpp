#include "bench/support/summary.hpp"

#include <algorithm>
#include <cstdio>

namespace penstock::bench {

Summary summarize(std::vector<double> values) {
    if (values.empty()) return {};
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    const double median = values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    return {median, values.front(), values.back()};
}

std::string to_text(double value, int decimals) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

std::string to_text(const Summary& summary, int decimals) {
    return to_text(summary.median, decimals) + " [" + to_text(summary.low, decimals) + "-" +
           to_text(summary.high, decimals) + "]";
}

void Table::print() const {
    std::vector<std::size_t> widths;
    for (const auto& row : rows_) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    }
    const auto line = [&](const std::vector<std::string>& row, char filler) {
        std::string text = "|";
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const std::string cell = i < row.size() ? row[i] : "";
            text += filler + cell + std::string(widths[i] - cell.size() + 1, filler) + "|";
        }
        std::printf("%s\n", text.c_str());
    };
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        line(rows_[i], ' ');
        if (i == 0) line({}, '-');
    }
    std::fflush(stdout);
}

}  // namespace penstock::bench
