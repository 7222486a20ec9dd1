#include "fix/codec/reasons.hpp"

#include <optional>

namespace penstock::fix {
namespace {

using oms::Reason;

/// One row per reason: 103 in 4.2, 4.4 and 5.0SP2, then 102 in 4.2 and later. What a version has no
/// better word for is 0 (broker or exchange option) in 4.2's 103, 2 (the same) in 4.2's 102, 99 later.
struct Codes {
    std::uint8_t order42, order44, order50, cancel42, cancel44;
};

constexpr Codes kUnnamed{0, 99, 99, 2, 99};

constexpr Codes codes_of(Reason reason) {
    switch (reason) {
        case Reason::None: return kUnnamed;
        case Reason::UnknownInstrument: return {1, 1, 1, 2, 99};
        case Reason::UnknownAccount: return {0, 15, 15, 2, 99};
        case Reason::UnknownOrder: return {5, 5, 5, 1, 1};
        case Reason::DuplicateClOrdId: return {6, 6, 6, 2, 6};
        case Reason::InvalidQuantity: return {0, 13, 13, 2, 99};
        case Reason::InvalidPrice: return kUnnamed;
        case Reason::MissingPrice: return kUnnamed;
        case Reason::UnsupportedOrderType: return {0, 11, 11, 2, 99};
        case Reason::UnsupportedTimeInForce: return {0, 11, 11, 2, 99};
        case Reason::UnknownDestination: return kUnnamed;
        case Reason::NoRoute: return kUnnamed;
        case Reason::AccountNotPermitted: return {0, 15, 15, 2, 99};
        case Reason::StaleRequest: return {8, 8, 8, 2, 99};
        case Reason::FieldTooLong: return kUnnamed;
        case Reason::SideMismatch: return kUnnamed;
        case Reason::InstrumentMismatch: return kUnnamed;
        case Reason::UnsupportedSide: return codes_of(Reason::UnsupportedOrderType);
        case Reason::UnsupportedScope: return kUnnamed;
        case Reason::UnsupportedInstruction: return codes_of(Reason::UnsupportedOrderType);
        case Reason::NoLimits: return {3, 3, 3, 2, 99};
        case Reason::MaxQuantity: return {3, 3, 3, 2, 99};
        case Reason::MaxNotional: return {3, 3, 27, 2, 99};
        case Reason::PriceOutsideCollar: return {3, 3, 16, 2, 8};
        case Reason::NoReferencePrice: return {0, 99, 19, 2, 99};
        case Reason::StaleReferencePrice: return {0, 99, 19, 2, 99};
        case Reason::NotionalOverflow: return {3, 3, 27, 2, 99};
        case Reason::TooLate: return {4, 4, 4, 0, 0};
        case Reason::AlreadyPending: return {0, 99, 99, 3, 3};
        case Reason::TooManyRequests: return {0, 99, 99, 3, 3};
        case Reason::VenueNotConnected: return {2, 2, 2, 2, 99};
        case Reason::CapacityReached: return kUnnamed;
        case Reason::AmendBelowFilled: return {0, 13, 13, 0, 0};
        case Reason::OutcomeUnknown: return {0, 99, 99, 3, 3};
        case Reason::NotReady: return kUnnamed;
        case Reason::JournalNearlyFull: return kUnnamed;
        case Reason::VenueRefused: return {0, 0, 0, 2, 2};
        case Reason::VenueNeverReceived: return {0, 0, 0, 2, 2};
        case Reason::UnsolicitedCancel: return kUnnamed;
        case Reason::VenueRejectedMessage: return {0, 0, 0, 2, 2};
        case Reason::StopPriceNotAllowed: return codes_of(Reason::UnsupportedOrderType);
        case Reason::MissingStopPrice: return codes_of(Reason::UnsupportedOrderType);
        case Reason::PriceNotAllowed: return codes_of(Reason::UnsupportedOrderType);
        case Reason::MissingExpireTime: return codes_of(Reason::UnsupportedOrderType);
        case Reason::ExpireTimeNotAllowed: return codes_of(Reason::UnsupportedOrderType);
        case Reason::ExpireTimePast: return codes_of(Reason::UnsupportedOrderType);
        case Reason::ContradictoryDisplay: return codes_of(Reason::UnsupportedOrderType);
        case Reason::QuantityAndCash: return codes_of(Reason::UnsupportedOrderType);
        case Reason::InvalidOffset: return codes_of(Reason::UnsupportedOrderType);
        case Reason::ContradictoryConditions: return codes_of(Reason::UnsupportedOrderType);
        case Reason::NotOfferedByVenue: return codes_of(Reason::UnsupportedOrderType);
        case Reason::UnsupportedContingency: return codes_of(Reason::UnsupportedOrderType);
        case Reason::GroupTooSmall: return codes_of(Reason::UnsupportedOrderType);
        case Reason::GroupCycle: return codes_of(Reason::UnsupportedOrderType);
        case Reason::DisplayExceedsQuantity: return codes_of(Reason::InvalidQuantity);
        case Reason::MinimumExceedsQuantity: return codes_of(Reason::InvalidQuantity);
        case Reason::QuantityIncrement: return codes_of(Reason::InvalidQuantity);
        case Reason::PriceIncrement: return {0, 99, 18, 2, 99};
        case Reason::OverfillBudget: return {3, 3, 3, 2, 99};
        case Reason::UnknownList: return kUnnamed;
        case Reason::DuplicateListId: return kUnnamed;
        case Reason::ListIncomplete: return kUnnamed;
        case Reason::TooManyLegs: return kUnnamed;
        case Reason::LegRefused: return kUnnamed;
        case Reason::GroupClosed: return kUnnamed;
    }
    return kUnnamed;
}

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
    const Codes codes = codes_of(denial.reason);
    switch (version) {
        case Version::Fix42: return venue_code(denial, kOrder42).value_or(codes.order42);
        case Version::Fix44: return venue_code(denial, kOrder44).value_or(codes.order44);
        case Version::Fix50Sp2: return venue_code(denial, kOrder50).value_or(codes.order50);
    }
    return codes.order42;
}

std::uint32_t cancel_reject_code(const oms::Denial& denial, Version version) {
    const Codes codes = codes_of(denial.reason);
    switch (version) {
        case Version::Fix42: return venue_code(denial, kCancel42).value_or(codes.cancel42);
        // 8 (price exceeds current price band) came with 5.0.
        case Version::Fix44:
            return venue_code(denial, kCancel44).value_or(codes.cancel44 == 8 ? kOther : codes.cancel44);
        case Version::Fix50Sp2: return venue_code(denial, kCancel50).value_or(codes.cancel44);
    }
    return codes.cancel42;
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

std::uint32_t mass_cancel_reject_code(Reason reason) { return reason == Reason::UnknownInstrument ? 1 : 99; }

}  // namespace penstock::fix
