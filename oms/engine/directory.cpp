#include "oms/engine/directory.hpp"

#include <algorithm>

namespace penstock::oms {
namespace {

template <class Names, class Text>
auto find(const Names& names, const Text& text) {
    const auto found = names.find(text);
    return found == names.end() ? typename Names::mapped_type{} : found->second;
}

/// The id of a name, new or known. A new one gets a place at the end of `items`.
template <class Names, class Text, class Items>
auto issue(Names& names, const Text& text, Items& items) {
    using Id = typename Names::mapped_type;
    auto [at, is_new] = names.try_emplace(text, Id{static_cast<std::uint32_t>(items.size())});
    if (is_new) items.emplace_back();
    return at->second;
}

}  // namespace

SessionId Directory::define(const DefineSession& session) {
    const SessionId id = issue(session_names_, session.name, sessions_);
    Session& known = sessions_[id.value];
    known.name = session.name;
    known.role = session.role;
    known.default_account = account_id(session.default_account);
    known.pending_reports = session.pending_reports;
    known.one_request_at_a_time = session.one_request_at_a_time;
    known.cancel_on_disconnect = session.cancel_on_disconnect;
    known.conflate_amends = session.conflate_amends;
    known.disconnect_grace = session.disconnect_grace;
    known.disconnect_scope = session.disconnect_scope;
    known.on_logout = session.on_logout;
    known.mass_cancel = session.mass_cancel;
    known.on_disconnect.clear();
    known.permitted.clear();  // Permissions follow a definition; one taken out of the file is gone.
    return id;
}

VenueId Directory::define(const DefineVenue& venue) {
    const SessionId session = session_id(venue.session);
    if (session.is_none() || sessions_[session.value].role != SessionRole::Venue) return {};
    const VenueId id = issue(venue_names_, venue.name, venues_);
    Venue& known = venues_[id.value];
    known = {
        venue.name,
        session,
        venue.concurrent_amends,
        venue.amend_quantity_is_total,
        venue.answer_timeout,
        venue.asks_on_logon,
        venue.features,
        venue.mass_status,
        venue.reconcile_within,
        venue.trades_unreconciled,
        venue.check_every,
        venue.infers_fills,
        venue.check_positions,
        known.day_began,
        known.day_ends};
    sessions_[session.value].venue = id;
    if (views_.size() < id.value) views_.push_back({id});
    // The session may be another one than before.
    views_[id.value - 1].up = sessions_[session.value].is_up;
    return id;
}

InstrumentId Directory::define(const DefineInstrument& instrument) {
    const InstrumentId id = issue(instrument_names_, instrument.symbol, instruments_);
    instruments_[id.value] = {instrument.symbol, venue_id(instrument.default_venue),
                              instrument.price_increment, instrument.quantity_increment};
    return id;
}

AccountId Directory::define(const DefineAccount& account) {
    const AccountId id = issue(account_names_, account.name, accounts_);
    accounts_[id.value] = {account.name, std::nullopt};  // Limits follow; until then it may not trade.
    return id;
}

void Directory::permit(const PermitAccount& permission) {
    const SessionId session = session_id(permission.session);
    const AccountId account = account_id(permission.account);
    if (session.is_none() || account.is_none()) return;
    auto& permitted = sessions_[session.value].permitted;
    if (permitted.size() <= account.value) permitted.resize(account.value + 1);
    permitted[account.value] = true;
    auto& on_disconnect = sessions_[session.value].on_disconnect;
    if (on_disconnect.size() <= account.value) on_disconnect.resize(account.value + 1);
    on_disconnect[account.value] = permission.on_disconnect;
}

void Directory::set(const SetLimits& limits) {
    const AccountId account = account_id(limits.account);
    if (account.is_none()) return;
    accounts_[account.value].limits = risk::AccountLimits{
        limits.max_quantity, limits.max_notional, limits.collar_percent, limits.max_reference_age};
}

void Directory::set_up(SessionId session, bool up) {
    sessions_[session.value].is_up = up;
    for (router::VenueView& view : views_)
        if (venues_[view.id.value].session == session) view.up = up;
}

void Directory::set_reconciled(VenueId venue, bool is_reconciled) {
    views_[venue.value - 1].is_reconciled = is_reconciled;
}

void Directory::find_names() {
    const auto fill = [](auto& names, const auto& items, auto name) {
        using Id = typename std::remove_cvref_t<decltype(names)>::mapped_type;
        names.clear();
        for (std::uint32_t id = 1; id < items.size(); ++id) names.try_emplace(items[id].*name, Id{id});
    };
    fill(session_names_, sessions_, &Session::name);
    fill(venue_names_, venues_, &Venue::name);
    fill(instrument_names_, instruments_, &Instrument::symbol);
    fill(account_names_, accounts_, &Account::name);
}

void Directory::set_day(VenueId id, Timestamp began, Timestamp ends) {
    Venue& venue = venues_[id.value];
    venue.day_began = std::max(venue.day_began, began);
    venue.day_ends = ends;
}

void Directory::set_logged_out(SessionId session, bool logged_out) {
    sessions_[session.value].logged_out = logged_out;
}
void Directory::set_cancel_due(SessionId session, Timestamp due) {
    sessions_[session.value].cancel_due = due;
}

SessionId Directory::session_id(const SessionName& name) const { return find(session_names_, name); }
VenueId Directory::venue_id(const VenueName& name) const { return find(venue_names_, name); }
InstrumentId Directory::instrument_id(const Symbol& symbol) const { return find(instrument_names_, symbol); }
AccountId Directory::account_id(const AccountName& name) const { return find(account_names_, name); }

}  // namespace penstock::oms
