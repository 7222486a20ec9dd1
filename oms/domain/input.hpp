#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "oms/domain/commands.hpp"
#include "oms/domain/definitions.hpp"
#include "oms/domain/lists.hpp"
#include "oms/domain/operator_acts.hpp"
#include "oms/domain/venue_facts.hpp"

namespace penstock::oms {

// Everything the core can learn. Commands are imperative, facts are past tense; nothing else crosses
// the wall. Field numbers in the journal are given in fields.hpp and spec/proto/journal.proto.

/// A FIX session logged on or off. For a venue session: may orders be sent? Told again of a client that is
/// down already (at a start), its grace period begins anew.
struct SessionChanged {
    SessionId session;
    bool up = false;
    bool logged_out = false;  // it ended by the client's own Logout(5), not by a lost connection
};

/// The top of a venue's book, or its last trade, moved.
struct QuoteChanged {
    VenueId venue;
    Symbol symbol;
    std::optional<Price> bid;
    std::optional<Price> ask;
    std::optional<Price> last;
    std::optional<Price> mark =
        std::nullopt;  // the price positions are valued at, when the venue publishes one
};

/// A venue's trading day has begun, or was found to run at a start. What is held for the venue, is good for a
/// day and came before this one began, ends. The moments are those of the venue's calendar, whatever the
/// clock of the inputs says.
struct TradingDayBegan {
    VenueId venue;
    Timestamp begins;
    Timestamp ends;
};

/// Time passed: sent about once a second while somebody waits for an answer.
struct TimePassed {};

/// The last input left work undone, so that no step takes long: stops whose price was seen, pegs,
/// orders of a mass request. Given by the sequencer while Core::has_work() says so, once the step before it
/// is durable.
struct ContinueWork {};

/// A session's numbers moved by something other than the messages above: logon, heartbeat, resend,
/// reset. Keeps the numbers durable; the core has no use for it.
struct SessionAdvanced {
    SessionId session;
    std::uint32_t next_in = 0;
    std::uint32_t next_out = 0;
    bool reset = false;
    /// Messages of these numbers were sent again, as they stand in their records; gap fills, which stand
    /// for the others between them, are among the session messages of this record. 0: none.
    std::uint32_t again_from = 0;
    std::uint32_t again_to = 0;
};

/// How much the core can hold: an input like every other setting, so that a journal replays alike
/// whatever the configuration says today. See oms/engine/settings.hpp for what happens at the bounds.
struct SetCapacity {
    std::uint32_t orders = 0;
    std::uint32_t requests = 0;
    std::uint32_t fills = 0;
    std::uint32_t refusals = 0;
};

/// The disk can take fewer segments than the journal wants to have ready, or enough of them again.
struct JournalSpace {
    bool is_nearly_full = false;
    std::uint32_t ready = 0;  // empty segments that are prepared
    std::uint32_t wanted = 0;
};

/// The machine's clock went back by more than a second. The journal's time never does: it runs at half
/// speed until the clock has caught up.
struct ClockSetBack {
    Duration by;
};

/// The audit's checkpoints are signed by another key from here on. Each key signed, over both keys, that
/// this is so (compliance/follower/key_change.hpp); the core has no use for it.
struct AuditKeyChanged {
    FixedText<127> old_key;  // as "<name>+<id>+<base64>"
    FixedText<127> new_key;
    FixedText<64> old_signs;  // Ed25519, as bytes
    FixedText<64> new_signs;
};

using InputBody = std::variant<
    DefineSession, DefineVenue, DefineInstrument, DefineAccount, PermitAccount, SetLimits, NewOrder,
    AmendOrder, CancelOrder, MassCancel, OrderStatusQuery, MassStatusQuery, RequestRefused, VenueAccepted,
    VenueRefused, VenueFilled, FillBusted, FillCorrected, VenueAmended, VenueCancelled, VenueRequestRefused,
    VenueExpired, VenueDoneForDay, VenueStatus, OutcomeUnknown, VenueUndecodable, SessionChanged,
    QuoteChanged, TimePassed, SessionAdvanced, SetCapacity, JournalSpace, ClockSetBack, VenueSuspended,
    VenueStopped, TradeQuestioned, NewList, ListGroup, ListLeg, EnterList, ExecuteList, CancelList,
    ListStatusQuery, VenueTriggered, ContinueWork, TradingDayBegan, OperatorActed, AuditKeyChanged,
    VenueBookTold, VenueOrderTold, AdoptVenueOrder, SettleUnknown, VenuePositionTold, AcceptPosition>;

/// Where an input came in. Lets a FIX session advance exactly as far as the journal is durable.
struct Origin {
    SessionId session;              // none: not from a FIX message
    std::uint32_t msg_seq_num = 0;  // MsgSeqNum(34) of the message

    friend bool operator==(const Origin&, const Origin&) = default;
};

/// One thing that happened, at its place in the one order of all things.
struct Input {
    Seq seq;         // stamped by the sequencer
    Timestamp time;  // stamped by the sequencer: the core's only clock
    Origin origin;
    InputBody body;
};

}  // namespace penstock::oms
