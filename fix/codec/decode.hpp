#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "fix/codec/tags.hpp"
#include "oms/domain/decimal.hpp"
#include "oms/domain/enums.hpp"
#include "oms/domain/ids.hpp"
#include "oms/domain/time.hpp"

namespace penstock::fix {

/// Turns field values into domain values and keeps the first thing that is wrong, in words such as
/// "Price(44)=1.2345678901234 has more than 12 decimals". After a complaint results mean nothing.
/// An empty value stands for an absent field. Inside this room only.
class ValueReader {
  public:
    enum class Complaint : std::uint8_t { None, Missing, Wrong };

    Complaint complaint() const { return complaint_; }
    /// The field complained of and the refusal that fits, after a complaint.
    std::uint32_t blamed() const { return blamed_; }
    oms::Reason reason() const { return reason_; }
    /// What is wrong, after a complaint.
    const Text& text() const { return *text_; }

    /// `rule` completes the sentence: "is not served".
    void complain(Tag tag, std::string_view value, std::string_view rule,
                  oms::Reason reason = oms::Reason::UnsupportedInstruction);
    /// The same about a field that is not there, "is missing", when that is for the core to refuse.
    void complain_of_absence(Tag tag, std::string_view rule, oms::Reason reason);
    void require(Tag tag, std::string_view value) {
        if (value.empty()) complain_missing(tag);
    }

    template <std::size_t Capacity>
    void read(Tag tag, std::string_view value, FixedText<Capacity>& out) {
        if (!out.assign(value)) complain_too_long(tag, value, Capacity);
    }
    template <class Kind>
    void read(Tag tag, std::string_view value, DecimalOf<Kind>& out) {
        if (!value.empty()) out.value = read_decimal(tag, value, kReasonOf<Kind>);
    }
    template <class Kind>
    void read(Tag tag, std::string_view value, std::optional<DecimalOf<Kind>>& out) {
        if (!value.empty()) out = DecimalOf<Kind>{read_decimal(tag, value, kReasonOf<Kind>)};
    }
    /// An offset.
    void read(Tag tag, std::string_view value, std::optional<Decimal>& out) {
        if (!value.empty()) out = read_decimal(tag, value, oms::Reason::InvalidOffset);
    }
    void read(Tag tag, std::string_view value, Timestamp& out);
    void read(Tag tag, std::string_view value, std::uint32_t& out);

  private:
    template <class Kind>
    static constexpr oms::Reason kReasonOf =
        std::is_same_v<DecimalOf<Kind>, Quantity> ? oms::Reason::InvalidQuantity : oms::Reason::InvalidPrice;

    void complain_missing(Tag tag);
    void complain_too_long(Tag tag, std::string_view value, std::size_t limit);
    Decimal read_decimal(Tag tag, std::string_view value, oms::Reason reason);

    Complaint complaint_ = Complaint::None;
    oms::Reason reason_ = oms::Reason::None;
    std::uint32_t blamed_ = 0;
    std::optional<Text> text_;
};

}  // namespace penstock::fix
