#include "tests/scenarios/words.hpp"

#include <array>
#include <utility>

namespace penstock::scenarios {
namespace {

using oms::OrdStatus;

constexpr std::array<std::pair<OrdStatus, const char*>, 12> kStatusNames{{
    {OrdStatus::New, "New"},
    {OrdStatus::PartiallyFilled, "PartiallyFilled"},
    {OrdStatus::Filled, "Filled"},
    {OrdStatus::DoneForDay, "DoneForDay"},
    {OrdStatus::Canceled, "Canceled"},
    {OrdStatus::PendingCancel, "PendingCancel"},
    {OrdStatus::Rejected, "Rejected"},
    {OrdStatus::Stopped, "Stopped"},
    {OrdStatus::Suspended, "Suspended"},
    {OrdStatus::PendingNew, "PendingNew"},
    {OrdStatus::Expired, "Expired"},
    {OrdStatus::PendingReplace, "PendingReplace"},
}};

}  // namespace

std::string Words::next(const std::string& expected) {
    if (at_end()) fail("expected " + expected + ", got the end of the line");
    return line_.words[at_++];
}

bool Words::take(const std::string& word) {
    if (at_end() || line_.words[at_] != word) return false;
    ++at_;
    return true;
}

void Words::end() const {
    if (!at_end()) fail("did not expect '" + peek() + "'");
}

Decimal Words::number(const std::string& expected) {
    const std::string word = next(expected);
    const auto parsed = Decimal::parse(word);
    if (!parsed) fail("expected " + expected + ", got '" + word + "'");
    return *parsed;
}

Quantity Words::quantity(const std::string& expected) { return {number(expected)}; }
Price Words::price(const std::string& expected) { return {number(expected)}; }

Duration Words::duration() {
    const std::string word = next("a time like 5s, 250ms or 2m");
    const std::size_t unit_at = word.find_first_not_of("0123456789");
    const std::string unit = unit_at == std::string::npos ? std::string{} : word.substr(unit_at);
    const auto count = Decimal::parse(word.substr(0, unit_at));
    if (!count || (unit != "s" && unit != "ms" && unit != "m"))
        fail("expected a time like 5s, 250ms or 2m, got '" + word + "'");
    if (unit == "ms") return Duration::milliseconds(count->mantissa());
    return Duration::seconds(count->mantissa() * (unit == "m" ? 60 : 1));
}

std::optional<Quantity> Words::maybe_quantity() {
    if (at_end() || !Decimal::parse(peek())) return std::nullopt;
    return quantity();
}

std::optional<Price> Words::maybe_at_price() {
    if (!take("@")) return std::nullopt;
    return price();
}

void Words::fail(const std::string& problem) const {
    throw Failure(line_.place() + ": " + problem + "\n  in  " + line_.text);
}

std::string name_of(OrdStatus status) {
    for (const auto& [value, name] : kStatusNames)
        if (value == status) return name;
    return "?";
}

std::optional<OrdStatus> ord_status_named(const std::string& name) {
    for (const auto& [value, known] : kStatusNames)
        if (known == name) return value;
    return std::nullopt;
}

}  // namespace penstock::scenarios
