#include "gateways/sim/script.hpp"

#include <algorithm>
#include <charconv>

#include "oms/domain/result.hpp"

namespace penstock::sim {
namespace {

constexpr std::string_view kBlanks = " \t\r";
constexpr std::string_view kTextPrefix = "sim:";

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// Cuts the first word off the front of `text`.
std::string_view take_word(std::string_view& text) {
    text = trimmed(text);
    const std::size_t end = std::min(text.find_first_of(kBlanks), text.size());
    const std::string_view word = text.substr(0, end);
    text = trimmed(text.substr(end));
    return word;
}

std::optional<Quantity> positive(std::string_view text) {
    const auto parsed = Quantity::parse(text);
    if (!parsed || !parsed->is_positive()) return std::nullopt;
    return *parsed;
}

}  // namespace

Script Script::well_behaved() {
    Script script;
    script.defaults_ = false;
    return script;
}

std::optional<std::string> Script::read(std::string_view file_name, std::string_view file) {
    Script extended = *this;
    std::uint64_t line_number = 0;
    while (!file.empty()) {
        const std::size_t end = std::min(file.find('\n'), file.size());
        const std::string_view line = file.substr(0, end);
        file.remove_prefix(std::min(end + 1, file.size()));
        ++line_number;
        const std::string_view content = trimmed(line.substr(0, line.find('#')));
        const std::string_view expected = content.empty() ? std::string_view{} : extended.read_line(content);
        if (expected.empty()) continue;
        return std::string(file_name) + ":" + std::to_string(line_number) + ": '" + std::string(content) +
               "': expected " + std::string(expected);
    }
    *this = std::move(extended);
    return std::nullopt;
}

std::string_view Script::read_line(std::string_view line) {
    if (line == "no_defaults") {
        defaults_ = false;
        return {};
    }
    const std::string_view kind = take_word(line);
    const std::string_view value = take_word(line);
    const auto selector = parse_selector(kind, value);
    if (!selector) {
        if (kind == "qty") return "a quantity or low..high after qty";
        if (kind == "symbol") return "a symbol of at most 31 characters after symbol";
        if (kind == "text") return "a word after text";
        if (kind == "every") return "a whole number from 1 after every";
        return "qty, symbol, text, every or no_defaults";
    }
    const auto misbehaviour = parse_misbehaviour(line);
    if (!misbehaviour) return "the name of a behaviour and, if it takes one, a whole number after it";
    rules_.push_back({*selector, *misbehaviour});
    return {};
}

std::optional<Script::Selector> Script::parse_selector(std::string_view kind, std::string_view value) {
    if (value.empty()) return std::nullopt;
    if (kind == "qty") {
        const std::size_t dots = value.find("..");
        const auto low = positive(value.substr(0, dots));
        const auto high = dots == std::string_view::npos ? low : positive(value.substr(dots + 2));
        if (!low || !high || *high < *low) return std::nullopt;
        return QuantityRange{*low, *high};
    }
    if (kind == "symbol") {
        const auto symbol = Symbol::from(value);
        if (!symbol) return std::nullopt;
        return OfSymbol{*symbol};
    }
    if (kind == "text") return TextHolds{std::string(value)};
    if (kind != "every") return std::nullopt;
    Every every;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), every.count);
    if (error != std::errc{} || end != value.data() + value.size() || every.count == 0) return std::nullopt;
    return every;
}

bool Script::selects(const Selector& selector, const Traits& traits) {
    return std::visit(
        Overloaded{
            [&](const QuantityRange& range) {
                return range.low <= traits.quantity && traits.quantity <= range.high;
            },
            [&](const OfSymbol& of) { return of.symbol == traits.symbol; },
            [&](const TextHolds& holds) { return traits.text.find(holds.word) != std::string_view::npos; },
            [&](const Every& every) { return traits.arrival != 0 && traits.arrival % every.count == 0; },
        },
        selector);
}

Misbehaviour Script::choose(const Traits& traits) const {
    if (const auto tagged = parse_misbehaviour(traits.tag_value)) return *tagged;
    if (traits.text.starts_with(kTextPrefix))
        if (const auto written = parse_misbehaviour(traits.text.substr(kTextPrefix.size()))) return *written;
    for (const Rule& rule : rules_)
        if (selects(rule.selector, traits)) return rule.misbehaviour;
    if (!defaults_) return {};
    for (const BehaviourRow& row : behaviour_table())
        if (row.default_quantity != 0 && traits.quantity == Quantity::whole(row.default_quantity))
            return default_of(row.behaviour);
    return {};
}

bool Script::is_misspelt(const Traits& traits) {
    return !traits.tag_value.empty() && !parse_misbehaviour(traits.tag_value);
}

}  // namespace penstock::sim
