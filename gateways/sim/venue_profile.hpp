#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fix/codec/version.hpp"
#include "gateways/sim/background_flow.hpp"
#include "gateways/sim/engine_types.hpp"
#include "gateways/sim/script.hpp"
#include "oms/domain/time.hpp"

namespace penstock::sim {

/// Are requests acknowledged as pending (150=A, 6, E) before they are answered.
enum class PendingAcks : std::uint8_t { NotSent, Sent };
/// May a request follow while another of the same order is pending, or is it refused with reason 3.
enum class ChainedRequests : std::uint8_t { Taken, Refused };
/// What OrderQty(38) of a replace means: the standard's total, or what is to remain.
enum class AmendQuantity : std::uint8_t { Total, Remaining };
/// What becomes of a session's orders when it is lost.
enum class OnDisconnect : std::uint8_t { Keep, CancelAndReport, CancelSilently };

struct TradedInstrument {
    Instrument instrument;
    std::optional<BackgroundSettings> background;  // none: only what clients send
};

/// How one simulated venue behaves when it behaves.
struct VenueProfile {
    fix::Version version = fix::Version::Fix44;
    /// Of every OrderID and ExecID, at most 12 characters. Counters start at 1 with the process, so a
    /// host that restarts within one trading day gives a new prefix, or ids repeat.
    std::string prefix = "SIM";
    std::vector<TradedInstrument> instruments;
    PendingAcks pending_acks = PendingAcks::NotSent;
    ChainedRequests chained_requests = ChainedRequests::Taken;
    AmendQuantity amend_quantity = AmendQuantity::Total;
    OnDisconnect on_disconnect = OnDisconnect::Keep;
    /// Between taking a cancel or replace and carrying it out; the order may trade meanwhile.
    Duration request_delay;
    std::uint32_t behaviour_tag = 9000;
    Script script;
};

/// What is wrong with a profile, in words that name the setting. Nothing when it can be used.
std::optional<std::string> problem_of(const VenueProfile& profile);

}  // namespace penstock::sim
