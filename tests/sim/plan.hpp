#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fix/codec/version.hpp"
#include "oms/domain/definitions.hpp"
#include "oms/domain/time.hpp"

namespace penstock::sim {

/// A fault put into the simulated surroundings of the core on purpose, to show that the checker sees it.
enum class Mutation : std::uint8_t {
    None,
    SendBeforeJournal,     // bytes leave when they are made, not when their record is durable
    DurableTooEarly,       // the journal calls durable what the disk still has to sync
    DuplicateFillCounted,  // a fill told again looks like a new one
    ReleasedEarly,         // a request without an answer counts as refused
    AnsweredTwice,         // some reports to clients are sent as two messages
    ResentToVenue,         // lost orders are sent to venues again when they ask for a resend
    FillNotInPosition,     // some fills do not move what their venue tells of the position
    AcceptanceForgotten,   // a difference that people accept is one they did not accept
    DifferenceUnalarmed,   // nobody hears that a venue counts another quantity filled than is booked
};
inline constexpr int kMutations = 10;
std::string_view to_text(Mutation mutation);

struct ClientPlan {
    fix::Version version = fix::Version::Fix44;
    oms::PendingReports pending_reports = oms::PendingReports::OfChanges;
    bool one_request_at_a_time = false;
    bool cancel_on_disconnect = false;
    bool conflate_amends = true;
    std::int64_t disconnect_grace_s = 0;
    oms::DisconnectScope disconnect_scope = oms::DisconnectScope::All;
    oms::AccountOnDisconnect account_on_disconnect = oms::AccountOnDisconnect::AsSession;
};

struct VenuePlan {
    fix::Version version = fix::Version::Fix44;
    bool concurrent_amends = false;
    bool amend_quantity_is_total = true;
    bool asks_on_logon = false;
    bool lists = false;  // it answers OrderMassStatusRequest(AF)
    std::int64_t reconcile_within_s =
        0;  // nothing new is sent there before its open orders are confirmed; 0: it is
    std::int64_t check_every_s = 0;      // 0: they are not checked but at its logon
    std::int64_t positions_every_s = 0;  // it answers RequestForPositions(AN); 0: it is not asked
    bool moves_positions = false;        // what the account holds there changes now and then, by no order
    std::uint64_t mischief = 0;          // percent of its acts that are out of the ordinary
    std::uint64_t silence = 0;           // percent of its answers that are never given
    std::int64_t slowness_ms = 0;
    std::uint64_t losses = 0;    // percent of its executions that only its status tells of
    std::uint32_t features = 0;  // of oms::venue_does: what it does by itself
};

/// Everything about a world that is decided before it begins. All of it follows from the seed.
struct Plan {
    std::uint64_t seed = 0;
    Mutation mutation = Mutation::None;

    std::vector<ClientPlan> clients;
    std::vector<VenuePlan> venues;
    std::int64_t trouble_s = 0;  // how long the faults last
    std::int64_t commands = 0;   // of all clients, during that time
    std::int64_t delay_ms = 0;   // longest usual way through the network
    std::int64_t disk_us = 0;    // longest usual sync
    std::int64_t cut_s = 0;      // a connection is cut about this often; 0: never
    std::int64_t crash_s = 0;    // the process ends about this often
    std::int64_t clock_s = 0;    // the machine's clock is set about this often
    std::int64_t price_ms = 0;   // between two prices that venues publish, about
    std::int64_t max_order_age_s = 0;
    std::int64_t max_price_age_s = 0;  // older prices are none for the risk checks
    std::int64_t day_s = 0;            // a trading day of every venue lasts so long; 0: none ends
    bool power_durability = true;
    std::uint64_t segment_bytes = 0;
};

Plan plan_of(std::uint64_t seed);
/// For people: one line a part.
std::string to_text(const Plan& plan);

}  // namespace penstock::sim
