#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fix/codec/message_index.hpp"
#include "oms/domain/time.hpp"

namespace penstock::sim {

// Words on the wire as clients and venues write and read them: of their own, so that they do not share
// a mistake with the encoder. Quantities are whole units, prices whole cents.

/// The body of a message, field by field.
class Body {
  public:
    Body& add(int tag, std::string_view value);
    Body& add(int tag, char value) { return add(tag, std::string_view(&value, 1)); }
    Body& add(int tag, std::int64_t value) { return add(tag, std::to_string(value)); }
    Body& price(int tag, std::int64_t cents);
    Body& time(int tag, Timestamp moment);
    const std::string& text() const { return text_; }

  private:
    std::string text_;
};

/// A decimal as a whole number of 10^-scale; nothing when it is none or has more decimals.
std::optional<std::int64_t> parse_scaled(std::string_view text, int scale);

/// Reads fields of a message somebody else wrote.
class Reader {
  public:
    explicit Reader(const fix::MessageIndex& message) : message_(message) {}

    std::string_view text(std::uint32_t tag) const { return message_.find(tag).value_or(""); }
    char code(std::uint32_t tag) const { return text(tag).empty() ? '\0' : text(tag)[0]; }
    bool has(std::uint32_t tag) const { return message_.find(tag).has_value(); }
    /// Zero when absent; what is no number breaks the world.
    std::int64_t scaled(std::uint32_t tag, int scale) const;
    std::int64_t whole(std::uint32_t tag) const { return scaled(tag, 0); }
    std::int64_t cents(std::uint32_t tag) const { return scaled(tag, 2); }

  private:
    const fix::MessageIndex& message_;
};

/// A message with '|' for SOH.
std::string readable(std::string_view message);

}  // namespace penstock::sim
