#pragma once

#include <memory>
#include <string>

// The same work done with QuickFIX 1.15.1. Its headers need C++14 and stay in quickfix_side.cpp.
namespace penstock {
namespace bench {

class QuickFix {
  public:
    explicit QuickFix(const std::string& dictionary_xml);
    ~QuickFix();
    /// Parses, validates and reads the typed fields of a NewOrderSingle; the price comes back.
    double read_order(const std::string& message) const;
    /// Builds a fill report from typed fields and turns it into text, as an application would.
    std::string write_report(int number) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace bench
}  // namespace penstock
