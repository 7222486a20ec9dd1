#pragma once

#include <cstdint>

#include "oms/domain/commands.hpp"

namespace penstock::oms {

// A list of orders, NewOrderList(E), reaches the core as one NewList, its ListGroups, its ListLegs and
// at last EnterList, which decides: all legs are taken or none. Only EnterList carries the Origin of the
// message, so a crash in between leaves a message that was not processed, and the next NewList of the
// session forgets what was begun. Bounds are in oms/engine/settings.hpp.

/// ContingencyType(1385) by its number.
enum class Contingency : std::uint8_t {
    None = 0,                         // independent orders, entered together
    OneCancelsOther = 1,              // a fill of one cancels the others
    OneTriggersOther = 2,             // the first is live, the others follow its fills
    OneUpdatesOther = 3,              // a fill of one reduces the others by the same quantity
    OneUpdatesOtherProportional = 4,  // ... by the same share of their quantity
    Unsupported = 255,
};

/// When the others of a one-triggers-other group are released.
enum class ReleaseOn : std::uint8_t { EachFill = 0, FullFill = 1 };

/// What a group does about several legs that could fill at once.
enum class OverfillPolicy : std::uint8_t {
    Reduce = 0,  // all legs work; a fill reduces or cancels the others, which may fill meanwhile
    Block = 1,   // one leg works at a time; nothing can be filled twice
    Accept = 2,  // all legs work up to a stated budget of overfill; entry is refused beyond it
};

/// Legs that one NewOrderList(E) may have, so that its fields fit a door's index; a longer one is refused
/// whole (TooManyLegs). As many groups at most: none is empty.
inline constexpr std::uint32_t kMaxListLegs = 128;

/// NewOrderList(E), before its groups and legs.
struct NewList {
    SessionId session;
    ClOrdId list_id;  // ListID(66), unique in the session
    Timestamp transact_time;
    std::uint32_t legs = 0;          // TotNoOrders(68): how many ListLegs follow
    std::uint32_t groups = 0;        // how many ListGroups follow, the outermost included
    bool waits_for_execute = false;  // ListExecInstType(433): nothing is sent before ListExecute(L)
    bool stale = false;              // arrived by resend and older than the session allows: refused
    /// What the door found that the list cannot say: the list is refused with it. No groups and legs follow.
    std::optional<DoorRefusal> refusal = std::nullopt;
};

/// One group of a list. Group 1 is the list itself; another one stands, as one member, in its parent.
struct ListGroup {
    SessionId session;
    std::uint32_t group = 0;   // from 1, in order
    std::uint32_t parent = 0;  // 0: none; must be lower than `group`
    Contingency contingency = Contingency::None;
    ReleaseOn release = ReleaseOn::EachFill;
    OverfillPolicy overfill = OverfillPolicy::Reduce;
    Quantity overfill_budget;  // for Accept: the most that may be filled beyond what was meant
};

/// One order of a list, as a member of `group`. Members count in the order they come.
struct ListLeg {
    SessionId session;
    std::uint32_t leg = 0;    // from 1, in order
    std::uint32_t group = 0;  // its ListGroup
    NewOrder order;
};

/// The list is complete: take all of it, or refuse all of it.
struct EnterList {
    SessionId session;
    ClOrdId list_id;
};

/// ListExecute(L): a list that waits may go.
struct ExecuteList {
    SessionId session;
    ClOrdId list_id;
    Timestamp transact_time;
    bool stale = false;  // arrived by resend and older than the session allows: refused
};

/// ListCancelRequest(K): every leg that is still open.
struct CancelList {
    SessionId session;
    ClOrdId list_id;
    Timestamp transact_time;
};

/// ListStatusRequest(M).
struct ListStatusQuery {
    SessionId session;
    ClOrdId list_id;
};

}  // namespace penstock::oms
