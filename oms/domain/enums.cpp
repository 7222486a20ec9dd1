#include "oms/domain/enums.hpp"

namespace penstock::oms {

namespace {

struct ReasonName {
    Reason reason;
    std::string_view name;
};
constexpr ReasonName kReasonNames[] = {
    {Reason::None, "None"},
    {Reason::UnknownInstrument, "UnknownInstrument"},
    {Reason::UnknownAccount, "UnknownAccount"},
    {Reason::UnknownOrder, "UnknownOrder"},
    {Reason::DuplicateClOrdId, "DuplicateClOrdId"},
    {Reason::InvalidQuantity, "InvalidQuantity"},
    {Reason::InvalidPrice, "InvalidPrice"},
    {Reason::MissingPrice, "MissingPrice"},
    {Reason::UnsupportedOrderType, "UnsupportedOrderType"},
    {Reason::UnsupportedTimeInForce, "UnsupportedTimeInForce"},
    {Reason::UnknownDestination, "UnknownDestination"},
    {Reason::NoRoute, "NoRoute"},
    {Reason::AccountNotPermitted, "AccountNotPermitted"},
    {Reason::StaleRequest, "StaleRequest"},
    {Reason::FieldTooLong, "FieldTooLong"},
    {Reason::SideMismatch, "SideMismatch"},
    {Reason::InstrumentMismatch, "InstrumentMismatch"},
    {Reason::UnsupportedSide, "UnsupportedSide"},
    {Reason::UnsupportedScope, "UnsupportedScope"},
    {Reason::UnsupportedInstruction, "UnsupportedInstruction"},
    {Reason::NoLimits, "NoLimits"},
    {Reason::MaxQuantity, "MaxQuantity"},
    {Reason::MaxNotional, "MaxNotional"},
    {Reason::PriceOutsideCollar, "PriceOutsideCollar"},
    {Reason::NoReferencePrice, "NoReferencePrice"},
    {Reason::StaleReferencePrice, "StaleReferencePrice"},
    {Reason::NotionalOverflow, "NotionalOverflow"},
    {Reason::TooLate, "TooLate"},
    {Reason::AlreadyPending, "AlreadyPending"},
    {Reason::TooManyRequests, "TooManyRequests"},
    {Reason::VenueNotConnected, "VenueNotConnected"},
    {Reason::CapacityReached, "CapacityReached"},
    {Reason::AmendBelowFilled, "AmendBelowFilled"},
    {Reason::OutcomeUnknown, "OutcomeUnknown"},
    {Reason::NotReady, "NotReady"},
    {Reason::JournalNearlyFull, "JournalNearlyFull"},
    {Reason::VenueRefused, "VenueRefused"},
    {Reason::VenueNeverReceived, "VenueNeverReceived"},
    {Reason::UnsolicitedCancel, "UnsolicitedCancel"},
    {Reason::VenueRejectedMessage, "VenueRejectedMessage"},
    {Reason::StopPriceNotAllowed, "StopPriceNotAllowed"},
    {Reason::MissingStopPrice, "MissingStopPrice"},
    {Reason::PriceNotAllowed, "PriceNotAllowed"},
    {Reason::MissingExpireTime, "MissingExpireTime"},
    {Reason::ExpireTimeNotAllowed, "ExpireTimeNotAllowed"},
    {Reason::ExpireTimePast, "ExpireTimePast"},
    {Reason::DisplayExceedsQuantity, "DisplayExceedsQuantity"},
    {Reason::ContradictoryDisplay, "ContradictoryDisplay"},
    {Reason::MinimumExceedsQuantity, "MinimumExceedsQuantity"},
    {Reason::QuantityAndCash, "QuantityAndCash"},
    {Reason::PriceIncrement, "PriceIncrement"},
    {Reason::QuantityIncrement, "QuantityIncrement"},
    {Reason::InvalidOffset, "InvalidOffset"},
    {Reason::ContradictoryConditions, "ContradictoryConditions"},
    {Reason::NotOfferedByVenue, "NotOfferedByVenue"},
    {Reason::UnknownList, "UnknownList"},
    {Reason::DuplicateListId, "DuplicateListId"},
    {Reason::GroupTooSmall, "GroupTooSmall"},
    {Reason::GroupCycle, "GroupCycle"},
    {Reason::UnsupportedContingency, "UnsupportedContingency"},
    {Reason::ListIncomplete, "ListIncomplete"},
    {Reason::TooManyLegs, "TooManyLegs"},
    {Reason::OverfillBudget, "OverfillBudget"},
    {Reason::LegRefused, "LegRefused"},
    {Reason::GroupClosed, "GroupClosed"},
};

}  // namespace

std::string_view to_text(Reason reason) {
    for (const ReasonName& row : kReasonNames)
        if (row.reason == reason) return row.name;
    return "Unknown";
}

std::string_view to_text(AlarmKind kind) {
    switch (kind) {
        case AlarmKind::UnmatchedReport: return "UnmatchedReport";
        case AlarmKind::LateFill: return "LateFill";
        case AlarmKind::Overfill: return "Overfill";
        case AlarmKind::DuplicateFill: return "DuplicateFill";
        case AlarmKind::IllegalTransition: return "IllegalTransition";
        case AlarmKind::UnknownFillAmended: return "UnknownFillAmended";
        case AlarmKind::OutcomeUnknown: return "OutcomeUnknown";
        case AlarmKind::CapacityReached: return "CapacityReached";
        case AlarmKind::MissingFills: return "MissingFills";
        case AlarmKind::UndecodableReport: return "UndecodableReport";
        case AlarmKind::ClockSetBack: return "ClockSetBack";
        case AlarmKind::JournalNearlyFull: return "JournalNearlyFull";
        case AlarmKind::TradeQuestioned: return "TradeQuestioned";
        case AlarmKind::GroupOverfill: return "GroupOverfill";
        case AlarmKind::OrderBlocked: return "OrderBlocked";
    }
    return "Unknown";
}

}  // namespace penstock::oms
