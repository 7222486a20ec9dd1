#include "fix/codec/reasons.hpp"

#include <optional>

#include "fix/codec/reason_rows.hpp"

namespace penstock::fix {
namespace {

using oms::Reason;

constexpr std::uint32_t kOther = 99;

/// The codes stock dictionaries of a version have, a bit each.
struct KnownCodes {
    std::uint32_t bits;
};
constexpr KnownCodes kOrder42{0x1FF};    // 0 to 8
constexpr KnownCodes kOrder44{0xEFFF};   // 0 to 15 without 12
constexpr KnownCodes kOrder50{0xDFFFF};  // 0 to 19 without 17
constexpr KnownCodes kCancel42{0xF};     // 0 to 3
constexpr KnownCodes kCancel44{0x7F};    // 0 to 6
constexpr KnownCodes kCancel50{0x1FF};   // 0 to 8

/// The venue's own code, if it gave one that the client's version knows.
std::optional<std::uint32_t> venue_code(const oms::Denial& denial, KnownCodes known) {
    if (denial.reason != Reason::VenueRefused || !denial.measured) return std::nullopt;
    const auto mantissa = denial.measured->mantissa();
    if (denial.measured->scale() != 0 || mantissa < 0 || mantissa > 31) return std::nullopt;
    const auto code = static_cast<std::uint32_t>(mantissa);
    if ((known.bits >> code & 1) == 0) return std::nullopt;
    return code;
}

}  // namespace

std::uint32_t order_reject_code(const oms::Denial& denial, Version version) {
    constexpr KnownCodes kKnown[] = {kOrder42, kOrder44, kOrder50};
    const auto at = static_cast<std::size_t>(version);
    return venue_code(denial, kKnown[at]).value_or(row_of(denial.reason).order[at]);
}

std::uint32_t cancel_reject_code(const oms::Denial& denial, Version version) {
    constexpr KnownCodes kKnown[] = {kCancel42, kCancel44, kCancel50};
    const auto at = static_cast<std::size_t>(version);
    return venue_code(denial, kKnown[at]).value_or(row_of(denial.reason).cancel[at]);
}

std::uint32_t restatement_code(oms::RestatementReason reason, Version version) {
    constexpr std::uint32_t kBrokerOption = 4;
    const std::uint32_t code = static_cast<std::uint32_t>(reason) - 1;
    switch (version) {
        case Version::Fix42: return code <= 5 ? code : kBrokerOption;
        case Version::Fix44: return code <= 10 ? code : kOther;
        case Version::Fix50Sp2: return code;
    }
    return code;
}

/// Its codes are some of OrdRejReason(103)'s: 0, 2, 4, 5, 6, 11.
std::uint32_t list_reject_code(const oms::Denial& denial) {
    constexpr KnownCodes kList{0x875};
    const std::uint32_t code = order_reject_code(denial, Version::Fix50Sp2);
    return code < 32 && (kList.bits >> code & 1) != 0 ? code : kOther;
}

std::uint32_t mass_cancel_reject_code(Reason reason) { return row_of(reason).mass; }

}  // namespace penstock::fix
