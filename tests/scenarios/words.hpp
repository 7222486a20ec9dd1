#pragma once

#include <optional>
#include <string>

#include "oms/domain/decimal.hpp"
#include "oms/domain/enums.hpp"
#include "oms/domain/time.hpp"
#include "tests/scenarios/script.hpp"

namespace penstock::scenarios {

/// Reads the words of one line from left to right. Whatever does not fit is a Failure that names the
/// line, what was expected and what stood there.
class Words {
  public:
    explicit Words(const Line& line) : line_(line) {}

    bool at_end() const { return at_ == line_.words.size(); }
    /// The next word, or an empty one at the end.
    std::string peek() const { return at_end() ? std::string{} : line_.words[at_]; }
    std::string next(const std::string& expected);
    /// Takes the next word if it is this one.
    bool take(const std::string& word);
    /// Nothing may follow.
    void end() const;

    Quantity quantity(const std::string& expected = "a quantity");
    Price price(const std::string& expected = "a price");
    Decimal number(const std::string& expected);
    /// "5s", "250ms", "2m"
    Duration duration();
    /// A quantity if the next word is a number.
    std::optional<Quantity> maybe_quantity();
    /// `@ 10`
    std::optional<Price> maybe_at_price();
    template <class Text>
    Text id(const std::string& expected) {
        const auto made = Text::from(next(expected));
        if (!made) fail(expected + " is longer than " + std::to_string(Text::kCapacity) + " characters");
        return *made;
    }

    [[noreturn]] void fail(const std::string& problem) const;

  private:
    const Line& line_;
    std::size_t at_ = 0;
};

/// "PartiallyFilled" and the like, both ways; the names a scenario uses for OrdStatus(39).
std::string name_of(oms::OrdStatus status);
std::optional<oms::OrdStatus> ord_status_named(const std::string& name);

}  // namespace penstock::scenarios
