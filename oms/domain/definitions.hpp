#pragma once

#include <cstdint>
#include <optional>

#include "oms/domain/decimal.hpp"
#include "oms/domain/enums.hpp"
#include "oms/domain/ids.hpp"
#include "oms/domain/time.hpp"

namespace penstock::oms {

// --- Definitions: configuration reaches the core as inputs, so a replay needs no files. Each names
// --- its subject; the core issues the id on first sight and updates it after that.

enum class SessionRole : std::uint8_t { Client = 1, Venue = 2, DropCopy = 3 };

/// Whose orders a mass cancel of a session may mean.
enum class MassCancelReach : std::uint8_t {
    Own = 0,       // its own
    Accounts = 1,  // and those of every session in the accounts it may trade for: a desk's risk session
};
/// Which orders go when their client is gone.
enum class DisconnectScope : std::uint8_t {
    All = 0,
    NotGoodTill = 1,  // all but GTC and GTD
};
/// What a client may end its session with and keep its orders.
enum class LogoutPolicy : std::uint8_t {
    AsLoss = 0,  // a Logout(5) counts as a lost connection
    Keeps = 1,   // only a lost connection counts
};
/// Of the orders of one account, whatever its session says.
enum class AccountOnDisconnect : std::uint8_t { AsSession = 0, Cancel = 1, Keep = 2 };

struct DefineSession {
    SessionName name;
    SessionRole role = SessionRole::Client;
    AccountName default_account;  // used when an order carries no Account(1); empty: none
    PendingReports pending_reports = PendingReports::OfChanges;
    /// A replace is refused while another request about its order is out (FIX matrix D.2.d).
    bool one_request_at_a_time = false;
    /// When a client's connection ends, and it is not back within the grace period, its open orders are
    /// cancelled. What an order or its account says of that comes before what the session says.
    bool cancel_on_disconnect = false;
    /// Of the amends that wait behind another only the newest goes to the venue; each gets its own answer.
    bool conflate_amends = true;
    Duration disconnect_grace = {};  // zero: at once
    DisconnectScope disconnect_scope = DisconnectScope::All;
    LogoutPolicy on_logout = LogoutPolicy::AsLoss;
    MassCancelReach mass_cancel = MassCancelReach::Own;
};

/// What a venue does by itself, a bit each; the rest the OMS does in its place or refuses.
/// The numbers are part of the journal format.
namespace venue_does {
inline constexpr std::uint32_t kStop = 1U << 0;              // OrdType(40) 3 and 4
inline constexpr std::uint32_t kIfTouched = 1U << 1;         // OrdType(40) J
inline constexpr std::uint32_t kTrailingStop = 1U << 2;      // peg of kind trailing stop
inline constexpr std::uint32_t kDisplay = 1U << 3;           // DisplayQty(1138), MaxFloor(111)
inline constexpr std::uint32_t kPeg = 1U << 4;               // OrdType(40) P
inline constexpr std::uint32_t kPostOnly = 1U << 5;          // ExecInst(18) 6
inline constexpr std::uint32_t kReduceOnly = 1U << 6;        // ExecInst(18) E
inline constexpr std::uint32_t kGoodTillDate = 1U << 8;      // TimeInForce(59) 6
inline constexpr std::uint32_t kAtOpen = 1U << 9;            // TimeInForce(59) 2
inline constexpr std::uint32_t kAtClose = 1U << 10;          // TimeInForce(59) 7
inline constexpr std::uint32_t kAuction = 1U << 11;          // TimeInForce(59) B
inline constexpr std::uint32_t kMinimumQuantity = 1U << 12;  // MinQty(110)
}  // namespace venue_does

struct DefineVenue {
    VenueName name;
    SessionName session;  // must have been defined with SessionRole::Venue
    /// The venue takes a second replace while one is pending. If not, later ones wait inside.
    bool concurrent_amends = false;
    /// OrderQty(38) of a replace is the total (the standard) rather than what remains.
    bool amend_quantity_is_total = true;
    /// A request without any answer for this long has an unknown outcome, and its status is asked.
    Duration answer_timeout = Duration::seconds(5);
    /// The venue answers OrderStatusRequest(H): at its logon it is asked about every working order.
    bool asks_on_logon = false;
    std::uint32_t features = 0;  // of venue_does
    /// The venue answers OrderMassStatusRequest(AF) for all orders: at its logon it tells all that work.
    bool mass_status = false;
    /// Nothing new is sent after a logon until every open order is confirmed; after this long the desk is
    /// told that it is not. Zero: nothing waits.
    Duration reconcile_within = {};
    /// What waits goes all the same when that time is over.
    bool trades_unreconciled = false;
    /// So often the open orders are checked while the venue is there; zero: only after its logon.
    Duration check_every = {};
    /// A fill that the venue's status shows and nobody reported is booked from its CumQty(14) and AvgPx(6).
    bool infers_fills = false;
    /// The venue answers RequestForPositions(AN): it is asked for each account once its open orders are
    /// confirmed after a logon, and so often from then on; zero: never.
    Duration check_positions = {};
};

struct DefineInstrument {
    Symbol symbol;
    VenueName default_venue;
    /// Prices and quantities of orders are multiples of these; absent: any the numbers can hold.
    std::optional<Price> price_increment = std::nullopt;
    std::optional<Quantity> quantity_increment = std::nullopt;
};

struct DefineAccount {
    AccountName name;
};

struct PermitAccount {
    SessionName session;
    AccountName account;
    AccountOnDisconnect on_disconnect = AccountOnDisconnect::AsSession;
};

// --- What people decide about orders at venues. Words, not ids: they come from outside.

/// Makes an order that is nobody's one of ours: its owner is told of it, may change it and cancel it.
struct AdoptVenueOrder {
    VenueName venue;
    VenueOrderId venue_order_id;  // OrderID(37) by which it is known
    SessionName owner;            // a client's session
    AccountName account;          // that the owner may trade for
    Text by;                      // who decided
    Text reason;
};

/// Ends an order whose outcome is unknown and that its venue cannot be asked about: people have found out.
struct SettleUnknown {
    OrderId order_id;
    Text by;
    Text reason;
};

/// A position that its venue tells otherwise than was traded here is right as the venue tells it: what is
/// apart was not traded here, and counts as there before us.
struct AcceptPosition {
    VenueName venue;
    AccountName account;
    Symbol symbol;
    Quantity difference;  // told less expected, as the desk was told: another one is not accepted
    Text by;
    Text reason;
};

/// What an account may do. A limit that is absent lets nothing through: risk fails closed.
struct SetLimits {
    AccountName account;
    std::optional<Quantity> max_quantity;
    std::optional<Price> max_notional;      // quote currency, one order
    std::optional<Decimal> collar_percent;  // distance of a limit price from the reference
    Duration max_reference_age = Duration::seconds(10);
};

}  // namespace penstock::oms
