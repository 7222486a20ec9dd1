#pragma once

#include <charconv>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "apps/penstock_client/command.hpp"

namespace penstock::client {

/// The words of a command, taken from the left. Inside this program only.
class Words {
  public:
    explicit Words(std::vector<std::string> words) : words_(std::move(words)) {}
    bool empty() const { return at_ == words_.size(); }
    std::size_t left() const { return words_.size() - at_; }
    std::string peek() const { return empty() ? std::string() : words_[at_]; }
    std::string take() { return empty() ? std::string() : words_[at_++]; }
    /// Takes the next word if it is this one.
    bool take_if(std::string_view word) {
        if (empty() || words_[at_] != word) return false;
        ++at_;
        return true;
    }
    std::vector<std::string> rest() {
        const auto first = words_.begin() + static_cast<std::ptrdiff_t>(at_);
        at_ = words_.size();
        return {first, words_.end()};
    }

  private:
    std::vector<std::string> words_;
    std::size_t at_ = 0;
};

inline Parsed wrong(std::string expected) { return {{}, std::move(expected)}; }

/// "TAG=VALUE", added to the fields.
bool read_field(const std::string& text, Fields& fields);

template <class Number>
bool read_positive(const std::string& text, Number& out) {
    const auto parsed = Number::parse(text);
    if (!parsed || !parsed->is_positive()) return false;
    out = *parsed;
    return true;
}

/// An order from behind its side up to the end of the words. Empty when understood.
std::string read_order(Words& words, NewOrder& order);
/// One option that says when and how an order trades, which an amend may change too. Empty when understood;
/// `is_known` false: it is no such option, and no word was taken.
std::string read_condition(Words& words, Terms& terms, bool& is_known);

Parsed parse_list(Words& words);
/// "oco sell 100 DUNE limit 26 stop 24 as a1 a2": a list of two in one line.
Parsed parse_oco(Words& words);

}  // namespace penstock::client
