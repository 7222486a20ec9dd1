#pragma once

#include <string>
#include <vector>

namespace penstock::bench {

/// One figure over all rounds.
struct Summary {
    double median = 0;
    double low = 0;
    double high = 0;
};
Summary summarize(std::vector<double> values);

/// "58.4 [57.0-59.3]", all with so many decimals.
std::string to_text(const Summary& summary, int decimals);
std::string to_text(double value, int decimals);

/// A Markdown table with its columns aligned.
class Table {
  public:
    explicit Table(std::vector<std::string> head) { rows_.push_back(std::move(head)); }
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
    void print() const;

  private:
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace penstock::bench
