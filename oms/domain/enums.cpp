#include "oms/domain/enums.hpp"

namespace penstock::oms {

std::string_view to_text(Reason reason) {
    switch (reason) {
        case Reason::None: return "None";
        case Reason::UnknownInstrument: return "UnknownInstrument";
        case Reason::UnknownAccount: return "UnknownAccount";
        case Reason::UnknownOrder: return "UnknownOrder";
        case Reason::DuplicateClOrdId: return "DuplicateClOrdId";
        case Reason::InvalidQuantity: return "InvalidQuantity";
        case Reason::InvalidPrice: return "InvalidPrice";
        case Reason::MissingPrice: return "MissingPrice";
        case Reason::UnsupportedOrderType: return "UnsupportedOrderType";
        case Reason::UnsupportedTimeInForce: return "UnsupportedTimeInForce";
        case Reason::UnknownDestination: return "UnknownDestination";
        case Reason::NoRoute: return "NoRoute";
        case Reason::AccountNotPermitted: return "AccountNotPermitted";
        case Reason::StaleRequest: return "StaleRequest";
        case Reason::FieldTooLong: return "FieldTooLong";
        case Reason::SideMismatch: return "SideMismatch";
        case Reason::InstrumentMismatch: return "InstrumentMismatch";
        case Reason::UnsupportedSide: return "UnsupportedSide";
        case Reason::UnsupportedScope: return "UnsupportedScope";
        case Reason::UnsupportedInstruction: return "UnsupportedInstruction";
        case Reason::NoLimits: return "NoLimits";
        case Reason::MaxQuantity: return "MaxQuantity";
        case Reason::MaxNotional: return "MaxNotional";
        case Reason::PriceOutsideCollar: return "PriceOutsideCollar";
        case Reason::NoReferencePrice: return "NoReferencePrice";
        case Reason::StaleReferencePrice: return "StaleReferencePrice";
        case Reason::NotionalOverflow: return "NotionalOverflow";
        case Reason::TooLate: return "TooLate";
        case Reason::AlreadyPending: return "AlreadyPending";
        case Reason::TooManyRequests: return "TooManyRequests";
        case Reason::VenueNotConnected: return "VenueNotConnected";
        case Reason::CapacityReached: return "CapacityReached";
        case Reason::AmendBelowFilled: return "AmendBelowFilled";
        case Reason::OutcomeUnknown: return "OutcomeUnknown";
        case Reason::NotReady: return "NotReady";
        case Reason::JournalNearlyFull: return "JournalNearlyFull";
        case Reason::VenueRefused: return "VenueRefused";
        case Reason::VenueNeverReceived: return "VenueNeverReceived";
        case Reason::UnsolicitedCancel: return "UnsolicitedCancel";
        case Reason::VenueRejectedMessage: return "VenueRejectedMessage";
        case Reason::StopPriceNotAllowed: return "StopPriceNotAllowed";
        case Reason::MissingStopPrice: return "MissingStopPrice";
        case Reason::PriceNotAllowed: return "PriceNotAllowed";
        case Reason::MissingExpireTime: return "MissingExpireTime";
        case Reason::ExpireTimeNotAllowed: return "ExpireTimeNotAllowed";
        case Reason::ExpireTimePast: return "ExpireTimePast";
        case Reason::DisplayExceedsQuantity: return "DisplayExceedsQuantity";
        case Reason::ContradictoryDisplay: return "ContradictoryDisplay";
        case Reason::MinimumExceedsQuantity: return "MinimumExceedsQuantity";
        case Reason::QuantityAndCash: return "QuantityAndCash";
        case Reason::PriceIncrement: return "PriceIncrement";
        case Reason::QuantityIncrement: return "QuantityIncrement";
        case Reason::InvalidOffset: return "InvalidOffset";
        case Reason::ContradictoryConditions: return "ContradictoryConditions";
        case Reason::NotOfferedByVenue: return "NotOfferedByVenue";
        case Reason::UnknownList: return "UnknownList";
        case Reason::DuplicateListId: return "DuplicateListId";
        case Reason::GroupTooSmall: return "GroupTooSmall";
        case Reason::GroupCycle: return "GroupCycle";
        case Reason::UnsupportedContingency: return "UnsupportedContingency";
        case Reason::ListIncomplete: return "ListIncomplete";
        case Reason::TooManyLegs: return "TooManyLegs";
        case Reason::OverfillBudget: return "OverfillBudget";
        case Reason::LegRefused: return "LegRefused";
        case Reason::GroupClosed: return "GroupClosed";
    }
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
