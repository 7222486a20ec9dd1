#pragma once

#include <cstdint>
#include <string_view>

namespace penstock::oms {

// Enumerations whose values are the characters of the FIX standard, so the door copies them after
// checking and nobody needs a table to read a journal. Source: FIX 4.2 - 5.0SP2 volume 6.

/// Side(54). The sides served have names; an order with any other is refused, and the value echoed.
enum class Side : char { Buy = '1', Sell = '2', SellShort = '5', SellShortExempt = '6' };

/// Unsupported stands for every other value the standard defines: the order is refused, with words.
enum class OrderType : char {
    Unsupported = '\0',
    Market = '1',
    Limit = '2',
    Stop = '3',
    StopLimit = '4',
    MarketIfTouched = 'J',
    Pegged = 'P',
};

/// Unsupported as above.
enum class TimeInForce : char {
    Unsupported = '\0',
    Day = '0',
    Gtc = '1',
    AtOpen = '2',
    Ioc = '3',
    Fok = '4',
    Gtd = '6',
    AtClose = '7',
    GoodForAuction = 'B',
};

/// ExecType(150) as of 4.4; the encoder renders 4.2 (F becomes 1 or 2, G and H become ExecTransType).
enum class ExecType : char {
    New = '0',
    DoneForDay = '3',
    Canceled = '4',
    Replaced = '5',
    PendingCancel = '6',
    Stopped = '7',
    Rejected = '8',
    Suspended = '9',
    PendingNew = 'A',
    Expired = 'C',
    Restated = 'D',
    PendingReplace = 'E',
    Trade = 'F',
    TradeCorrect = 'G',
    TradeCancel = 'H',
    OrderStatus = 'I',
    Triggered = 'L',  // 5.0SP2 only
};

/// OrdStatus(39). Derived, never stored: see `ord_status`.
enum class OrdStatus : char {
    New = '0',
    PartiallyFilled = '1',
    Filled = '2',
    DoneForDay = '3',
    Canceled = '4',
    PendingCancel = '6',
    Stopped = '7',
    Rejected = '8',
    Suspended = '9',
    PendingNew = 'A',
    Expired = 'C',
    PendingReplace = 'E',
};

/// ExecRestatementReason(378), one more than its number, so that zero is "none given". A venue's number
/// without a name here is Other.
enum class RestatementReason : std::uint8_t {
    None = 0,
    GtCorporateAction = 1,
    GtRenewal = 2,
    VerbalChange = 3,
    Repricing = 4,
    BrokerOption = 5,
    PartialDecline = 6,
    TradingHalt = 7,
    SystemFailure = 8,
    MarketOption = 9,
    NotBest = 10,
    WarehouseRecap = 11,
    PegRefresh = 12,
    ConnectionLoss = 13,
    Logout = 14,
    Other = 100,
};

/// Which reports a client wants before the answer to a request: PendingReplace and PendingCancel (as the
/// FIX order state matrices show), PendingNew as well, or none.
enum class PendingReports : std::uint8_t { OfChanges = 0, All = 1, None = 2 };

/// CxlRejResponseTo(434).
enum class CancelRejectTo : char { CancelRequest = '1', ReplaceRequest = '2' };

/// MassCancelRequestType(530). The scopes served have names; any other value is refused and echoed.
enum class MassScope : char { Instrument = '1', All = '7' };

/// Why the OMS said no. Dense: one value per rule, so a refusal never needs a log to be understood.
/// Order, number and meaning are part of the journal format: append only.
enum class Reason : std::uint8_t {
    None = 0,
    // What was asked for makes no sense or is not offered.
    UnknownInstrument = 1,
    UnknownAccount = 2,
    UnknownOrder = 3,
    DuplicateClOrdId = 4,
    InvalidQuantity = 5,
    InvalidPrice = 6,
    MissingPrice = 7,
    UnsupportedOrderType = 8,
    UnsupportedTimeInForce = 9,
    UnknownDestination = 10,
    NoRoute = 11,
    AccountNotPermitted = 12,
    StaleRequest = 13,
    FieldTooLong = 14,
    SideMismatch = 15,
    InstrumentMismatch = 16,
    UnsupportedSide = 17,
    UnsupportedScope = 18,
    UnsupportedInstruction = 19,  // ExecInst(18), a trigger or a peg that is not served
    // Risk said no.
    NoLimits = 20,
    MaxQuantity = 21,
    MaxNotional = 22,
    PriceOutsideCollar = 23,
    NoReferencePrice = 24,
    StaleReferencePrice = 25,
    NotionalOverflow = 26,
    // The state of the order or of the world said no.
    TooLate = 40,
    AlreadyPending = 41,
    TooManyRequests = 42,
    VenueNotConnected = 43,
    CapacityReached = 44,
    AmendBelowFilled = 45,
    OutcomeUnknown = 46,
    NotReady = 47,
    JournalNearlyFull = 48,
    Halted = 49,              // an operator, or a restore, stopped new orders
    VenueNotReconciled = 50,  // what works at the venue is not confirmed since its logon
    // A venue said no.
    VenueRefused = 60,
    VenueNeverReceived = 61,
    UnsolicitedCancel = 62,
    VenueRejectedMessage = 63,  // by Reject(3) or BusinessMessageReject(j), whose codes are not an order's
    // The terms contradict each other, or the venue does not offer them and the OMS cannot in its place.
    StopPriceNotAllowed = 80,  // a stop price on an order without a trigger
    MissingStopPrice = 81,
    PriceNotAllowed = 82,       // a limit price on an order that trades at the market
    MissingExpireTime = 83,     // good till date without one
    ExpireTimeNotAllowed = 84,  // one on an order that is not good till date
    ExpireTimePast = 85,
    DisplayExceedsQuantity = 86,
    ContradictoryDisplay = 87,  // 111 and 1138 differ, or the bounds of slices do not fit
    MinimumExceedsQuantity = 88,
    QuantityAndCash = 89,  // OrderQty(38) and CashOrderQty(152)
    PriceIncrement = 90,   // no multiple of the instrument's price step
    QuantityIncrement = 91,
    InvalidOffset = 92,            // a trailing or peg offset that makes no price
    ContradictoryConditions = 93,  // terms that exclude each other
    NotOfferedByVenue = 94,        // the venue's sheet has it not, and it cannot be emulated
    // Lists and groups.
    UnknownList = 100,
    DuplicateListId = 101,
    GroupTooSmall = 102,  // a contingent group of one
    GroupCycle = 103,
    UnsupportedContingency = 104,
    ListIncomplete = 105,  // fewer or more legs than announced
    TooManyLegs = 106,
    OverfillBudget = 107,  // the worst case exceeds the stated budget
    LegRefused = 108,      // another leg of the list was refused
    GroupClosed = 109,     // cancelled because of what happened to another leg
};

/// A short stable name for people: "MaxQuantity".
std::string_view to_text(Reason reason);

/// What the desk has to look at. The core never stops for these and never hides them.
enum class AlarmKind : std::uint8_t {
    UnmatchedReport = 1,     // a venue reported on an order we do not know
    LateFill = 2,            // a fill on an order that was already done
    Overfill = 3,            // filled more than ordered
    DuplicateFill = 4,       // the same execution twice; ignored
    IllegalTransition = 5,   // the venue reported what the state forbids; ignored
    UnknownFillAmended = 6,  // bust or correction of an execution we never saw
    OutcomeUnknown = 7,      // a request was sent and its fate is not known
    CapacityReached = 8,     // a fill was booked but could not be kept for duplicate detection
    MissingFills = 9,        // the venue's status says more is filled than it ever reported
    UndecodableReport = 10,  // a venue's message could not be read exactly
    ClockSetBack = 11,       // stamps run slow until the machine's clock has caught up
    JournalNearlyFull = 12,  // the disk is short of room: new orders are refused, cancels pass
    TradeQuestioned = 13,    // a client does not know a trade it was told of; nothing is reversed
    GroupOverfill = 14,      // a contingent group was filled beyond what was meant
    OrderBlocked = 15,       // an order that waited may go, but cannot be sent now
    OrphanOrder = 16,        // the venue has an order that nobody here owns
    NotReconciled = 17,      // a venue did not confirm its open orders in time
    InferredFill = 18,       // a fill that nobody reported was booked from what the venue counts
    OrderNotFound = 19,      // the venue does not know an order it had accepted
    SettledLives = 20,       // the venue works an order that people had settled as ended
    PositionDiffers = 21,    // a venue's position is not what was traded here
    PositionsNotTold = 22,   // a venue was asked for its positions and did not tell all
};
std::string_view to_text(AlarmKind kind);

}  // namespace penstock::oms
