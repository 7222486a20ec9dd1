#include "tests/sim/fix_text.hpp"

#include <array>
#include <charconv>

#include "fix/codec/body_writer.hpp"
#include "tests/sim/violation.hpp"

namespace penstock::sim {

Body& Body::add(int tag, std::string_view value) {
    text_ += std::to_string(tag);
    text_ += '=';
    text_ += value;
    text_ += fix::kSoh;
    return *this;
}

Body& Body::price(int tag, std::int64_t cents) {
    const std::int64_t size = cents < 0 ? -cents : cents;
    const std::string rest = std::to_string(100 + size % 100).substr(1);
    return add(tag, (cents < 0 ? "-" : "") + std::to_string(size / 100) + "." + rest);
}

Body& Body::time(int tag, Timestamp moment) {
    std::array<char, 64> bytes{};
    fix::BodyWriter writer(bytes.data(), bytes.size());
    writer.timestamp(static_cast<std::uint32_t>(tag), moment, 3);
    text_ += writer.view();
    return *this;
}

std::optional<std::int64_t> parse_scaled(std::string_view text, int scale) {
    std::string digits;
    std::size_t point = text.find('.');
    digits = std::string(text.substr(0, point));
    std::string_view rest = point == std::string_view::npos ? "" : text.substr(point + 1);
    while (!rest.empty() && rest.back() == '0') rest.remove_suffix(1);
    if (rest.size() > static_cast<std::size_t>(scale)) return std::nullopt;
    digits += rest;
    digits.append(static_cast<std::size_t>(scale) - rest.size(), '0');
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

std::int64_t Reader::scaled(std::uint32_t tag, int scale) const {
    if (!has(tag)) return 0;
    const auto value = parse_scaled(text(tag), scale);
    if (!value)
        violated(Invariant::QuantitiesAdd,
                 "field " + std::to_string(tag) + " is no number: " + readable(message_.frame()));
    return *value;
}

std::string readable(std::string_view message) {
    std::string text(message);
    for (char& c : text)
        if (c == fix::kSoh) c = '|';
    return text;
}

}  // namespace penstock::sim
