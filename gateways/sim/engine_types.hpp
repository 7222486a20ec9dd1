#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "oms/domain/decimal.hpp"
#include "oms/domain/enums.hpp"
#include "oms/domain/ids.hpp"

namespace penstock::sim {

using oms::OrderType;
using oms::Side;
using oms::TimeInForce;

/// An order as the venue counts it, from 1 in order of arrival.
using OrderNumber = StrongId<struct SimOrderTag, std::uint64_t>;

/// Who owns an order: a FIX session. None is the venue itself, whose orders are the background.
using Participant = SessionId;
inline constexpr Participant kHouse{};

/// What is traded and on which grid.
struct Instrument {
    Symbol symbol;
    Price tick;
    Quantity lot;
    Price start_price;  // what the background starts from and the price of last resort

    friend bool operator==(const Instrument&, const Instrument&) = default;
};

/// Why the venue said no.
enum class Refusal : std::uint8_t {
    None,
    UnknownSymbol,
    UnknownOrder,
    DuplicateClOrdId,
    InvalidQuantity,  // not positive, off the lot grid or beyond it
    InvalidPrice,     // not positive, off the tick grid or beyond it
    MissingPrice,
    UnsupportedCharacteristic,  // an order type, time in force or side not offered
    TooLate,                    // the order is done
    AlreadyPending,             // a request is in flight and the venue takes one at a time
    SupersededId,               // OrigClOrdID is an older id of the order
    TermsMismatch,              // symbol, side or order type differ from the order's
    VenueOption,                // the script said so
};

enum class OrderPhase : std::uint8_t { Working, Filled, Cancelled, Expired };

/// OffBook orders never meet the book: only the house trades with them. Misbehaviours that need a fill
/// at a known moment use it, so that they do not depend on what the market does.
enum class Placement : std::uint8_t { OnBook, OffBook };

struct OrderRequest {
    Participant owner;
    Symbol symbol;
    Side side = Side::Buy;
    OrderType type = OrderType::Limit;
    TimeInForce time_in_force = TimeInForce::Day;
    Quantity quantity;
    std::optional<Price> limit;
    Placement placement = Placement::OnBook;
};

struct EngineOrder {
    OrderNumber number;
    OrderRequest terms;  // quantity and limit change by replace
    Quantity filled;
    Notional traded;  // sum of price * quantity of its fills
    OrderPhase phase = OrderPhase::Working;
    std::uint64_t priority = 0;  // lower trades first at one price
};

/// What is still to be traded; zero once the order is done.
Quantity leaves(const EngineOrder& order);

struct Execution {
    Quantity quantity;
    Price price;

    friend bool operator==(const Execution&, const Execution&) = default;
};

enum class EventKind : std::uint8_t {
    Accepted,
    Rejected,
    Filled,
    Replaced,
    ReplaceRefused,
    Cancelled,
    CancelRefused,
    Expired,
};

/// One thing that happened to one order; a trade makes two, the aggressor's first. Carries the order as
/// it was right after, because several events of one order can come out of one call.
struct Event {
    EventKind kind = EventKind::Accepted;
    EngineOrder order;
    Execution execution;              // Filled
    Refusal refusal = Refusal::None;  // Rejected, ReplaceRefused, CancelRefused
};
using Events = std::vector<Event>;

struct Level {
    Price price;
    Quantity size;

    friend bool operator==(const Level&, const Level&) = default;
};

struct TopOfBook {
    std::optional<Level> bid;
    std::optional<Level> ask;

    friend bool operator==(const TopOfBook&, const TopOfBook&) = default;
};

}  // namespace penstock::sim
