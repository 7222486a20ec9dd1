#include "gateways/sim/fix_dialog.hpp"

#include <algorithm>
#include <utility>

#include "oms/domain/assert.hpp"

namespace penstock::sim {
namespace {

BusinessRefusal refusal_of(const fix::MessageIndex& message, char reason, std::string_view text) {
    return {message.find(34).value_or(std::string_view{}), message.msg_type(),
            message.find(11).value_or(std::string_view{}), reason, text};
}

/// Messages of order handling by version. Source: FIX 4.2 has no mass status and no mass cancel.
bool is_order_message(std::string_view type, fix::Version version) {
    if (type == "D" || type == "G" || type == "F" || type == "H") return true;
    return version != fix::Version::Fix42 && (type == "AF" || type == "q");
}

}  // namespace

FixVenue::FixVenue(const VenueProfile& profile, std::uint64_t seed)
    : version_(profile.version), behaviour_tag_(profile.behaviour_tag), desk_(profile) {
    // Each instrument walks its own way; one more at the end does not change the others.
    for (const TradedInstrument& traded : profile.instruments) {
        Random seeds(seed++);
        if (traded.background) house_.play(traded.instrument, *traded.background, seeds.next());
    }
}

Status FixVenue::replay(ReplayFlow flow) {
    if (desk_.engine().instrument(flow.symbol()) == nullptr) return Fault::NotFound;
    house_.play(std::move(flow));
    return Fault::None;
}

/// What is due comes before what the host brings, so that time never runs backwards in a session.
void FixVenue::begin(Turn& turn) {
    desk_.run_due(turn);
    Events events;
    house_.step(turn.now, desk_.engine(), events);
    desk_.tell(events, turn);
    desk_.close(turn);
}

void FixVenue::finish(Turn& turn) {
    desk_.close(turn);
    market_data_.publish(desk_.engine(), turn.now, turn.out);
}

void FixVenue::on_logon(SessionKey session, Timestamp now, Actions& out) {
    PENSTOCK_ASSERT(session != kHouse, "session keys start at 1");
    Turn turn{now, out, {}};
    begin(turn);
    finish(turn);
}

void FixVenue::on_logout(SessionKey session, Timestamp now, Actions& out) {
    Turn turn{now, out, {}};
    begin(turn);
    market_data_.drop(session);
    desk_.session_lost(session, turn);
    finish(turn);
}

void FixVenue::on_message(SessionKey session, const fix::MessageIndex& message, Timestamp now, Actions& out) {
    PENSTOCK_ASSERT(session != kHouse, "session keys start at 1");
    Turn turn{now, out, {}};
    begin(turn);
    dispatch(session, message, turn);
    finish(turn);
}

void FixVenue::on_time(Timestamp now, Actions& out) {
    Turn turn{now, out, {}};
    begin(turn);
    finish(turn);
}

void FixVenue::end_day(Timestamp now, Actions& out) {
    Turn turn{now, out, {}};
    begin(turn);
    desk_.end_day(turn);
    finish(turn);
}

void FixVenue::dispatch(SessionKey session, const fix::MessageIndex& message, Turn& turn) {
    if (message.msg_type() == "V") return market_data(session, message, turn);
    if (message.msg_type() == "AN" && version_ != fix::Version::Fix42)
        return desk_.positions().request(session, message, desk_.engine(), turn.now, turn.out);
    if (is_order_message(message.msg_type(), version_)) return dispatch_order(session, message, turn);
    turn.out.push_back({session, write_business_reject(refusal_of(message, '3', "message type not served"))});
}

void FixVenue::dispatch_order(SessionKey session, const fix::MessageIndex& message, Turn& turn) {
    const auto refuse = [&](char reason, std::string_view text) {
        turn.out.push_back({session, write_business_reject(refusal_of(message, reason, text))});
    };
    Text problem;
    const auto order = read_order_message(message, behaviour_tag_, problem);
    if (!order) return refuse('0', problem.view());
    const std::string_view type = message.msg_type();
    if (type == "AF") {
        const bool offered = order->mass_type == '1' || order->mass_type == '7';
        if (!offered) return refuse('0', "MassStatusReqType(585) must be 1 or 7");
        return desk_.mass_status(session, *order, turn);
    }
    if (type == "H" && order->cl_ord_id.empty() && order->order_id.empty())
        return refuse('5', "ClOrdID(11) or OrderID(37) is missing");
    if (type == "H") return desk_.status(session, *order, turn);
    if (order->cl_ord_id.empty()) return refuse('5', "ClOrdID(11) is missing");
    if (type == "D") return desk_.new_order(session, *order, turn);
    if (type == "q") return desk_.mass_cancel(session, *order, turn);
    const RequestKind kind = type == "F" ? RequestKind::Cancel : RequestKind::Replace;
    desk_.request(session, kind, *order, turn);
}

void FixVenue::market_data(SessionKey session, const fix::MessageIndex& message, Turn& turn) {
    const auto asked = read_market_data_message(message);
    if (asked && !asked->request_id.empty())
        return market_data_.request(session, *asked, desk_.engine(), turn.out);
    const std::string_view text = asked ? "MDReqID(262) is missing" : "MDReqID(262) is longer than 39";
    turn.out.push_back({session, write_business_reject(refusal_of(message, asked ? '5' : '0', text))});
}

std::optional<Timestamp> FixVenue::next_due() const {
    std::optional<Timestamp> first;
    for (const auto due : {desk_.next_due(), market_data_.next_due(), house_.next_due()})
        if (due && (!first || *due < *first)) first = due;
    return first;
}

}  // namespace penstock::sim
