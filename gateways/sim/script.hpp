#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gateways/sim/behaviour.hpp"
#include "oms/domain/decimal.hpp"
#include "oms/domain/ids.hpp"

namespace penstock::sim {

/// What of a request decides how the venue misbehaves.
struct Traits {
    Symbol symbol;
    Quantity quantity;
    std::string_view text;       // Text(58)
    std::string_view tag_value;  // the behaviour tag, 9000 unless the profile says otherwise
    std::uint64_t arrival = 0;   // which new order of this venue it is, from 1; 0 for other requests
};

/// Which requests are answered how. The first that speaks decides: the behaviour tag, Text(58) that
/// starts with "sim:", the rules of the script file in their order, the default quantities.
class Script {
  public:
    /// The default quantities only.
    Script() = default;
    /// No request is misbehaved to unless it carries the tag or the text.
    static Script well_behaved();

    /// Reads a script file, one rule a line; its rules come after those already read:
    ///     qty 5000 reject              # this OrderQty
    ///     qty 2000..2999 late_ack 250  # both ends included
    ///     symbol XYZ no_answer
    ///     text slow late_ack 1000      # Text(58) holds this word
    ///     every 100 duplicate_report   # every hundredth new order
    ///     no_defaults                  # the default quantities mean nothing
    /// Returns what is wrong as "file:line: ... expected ...", and then keeps nothing of the file.
    std::optional<std::string> read(std::string_view file_name, std::string_view file);

    Misbehaviour choose(const Traits& traits) const;
    /// The behaviour tag holds something that is no behaviour; the request should be refused with it.
    static bool is_misspelt(const Traits& traits);

  private:
    struct QuantityRange {
        Quantity low;
        Quantity high;
    };
    struct OfSymbol {
        Symbol symbol;
    };
    struct TextHolds {
        std::string word;
    };
    struct Every {
        std::uint64_t count = 1;
    };
    using Selector = std::variant<QuantityRange, OfSymbol, TextHolds, Every>;
    struct Rule {
        Selector selector;
        Misbehaviour misbehaviour;
    };

    static std::optional<Selector> parse_selector(std::string_view kind, std::string_view value);
    static bool selects(const Selector& selector, const Traits& traits);
    /// Empty when the line was understood, else what was expected.
    std::string_view read_line(std::string_view line);

    std::vector<Rule> rules_;
    bool defaults_ = true;
};

}  // namespace penstock::sim
