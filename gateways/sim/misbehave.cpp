#include "gateways/sim/misbehave.hpp"

#include <algorithm>
#include <utility>

namespace penstock::sim {
namespace {

bool is_accepted(const Planned& planned) { return planned.says == Says::Accepted; }
bool is_filled(const Planned& planned) { return planned.says == Says::Filled; }

void move_ack_behind_first_fill(std::vector<Planned>& plan) {
    const auto ack = std::find_if(plan.begin(), plan.end(), is_accepted);
    const auto fill = std::find_if(ack, plan.end(), is_filled);
    if (fill != plan.end()) std::rotate(ack, ack + 1, fill + 1);
}

/// The fills change places among themselves; what stands between them stays.
void reverse_fills(std::vector<Planned>& plan) {
    std::vector<Planned*> fills;
    for (Planned& planned : plan)
        if (is_filled(planned)) fills.push_back(&planned);
    for (std::size_t i = 0; i < fills.size() / 2; ++i) std::swap(*fills[i], *fills[fills.size() - 1 - i]);
}

void send_each_twice(std::vector<Planned>& plan) {
    std::vector<Planned> twice;
    for (const Planned& planned : plan) twice.insert(twice.end(), 2, planned);
    plan = std::move(twice);
}

template <class What>
void put_in_front(const What& what, std::vector<Planned>& plan) {
    if (plan.empty()) return;
    plan.insert(plan.begin(), Planned{Says::Other, plan.front().after, {plan.front().action.session, what}});
}

}  // namespace

void misbehave(const Misbehaviour& misbehaviour, std::vector<Planned>& plan) {
    const auto number = static_cast<std::uint32_t>(misbehaviour.parameter);
    switch (misbehaviour.behaviour) {
        case Behaviour::NoAnswer:
        case Behaviour::SilentAccept: plan.clear(); return;
        case Behaviour::LateAck:
            for (Planned& planned : plan) planned.after = {planned.after.ns + misbehaviour.delay().ns};
            return;
        case Behaviour::FillBeforeAck: move_ack_behind_first_fill(plan); return;
        case Behaviour::DuplicateReport: send_each_twice(plan); return;
        case Behaviour::OutOfOrder: reverse_fills(plan); return;
        case Behaviour::DisconnectAtByte: put_in_front(CutAtByte{number}, plan); return;
        case Behaviour::SequenceReset: put_in_front(ResetSequence{number}, plan); return;
        // These change what happens to the order, not how it is told.
        case Behaviour::None:
        case Behaviour::FillWhileAway:
        case Behaviour::CancelWhileAway:
        case Behaviour::UnseenFill:
        case Behaviour::Forget:
        case Behaviour::HandPlaced:
        case Behaviour::TradedByHand:
        case Behaviour::Reject:
        case Behaviour::FillDuringPendingReplace:
        case Behaviour::CancelThenFill:
        case Behaviour::CancelReject:
        case Behaviour::Bust:
        case Behaviour::Correct:
        case Behaviour::UnsolicitedCancel:
        case Behaviour::IdChangeOnReplace:
        case Behaviour::CancelOnDisconnect: return;
    }
}

}  // namespace penstock::sim
