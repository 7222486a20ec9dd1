#include "persistence/history/names.hpp"

#include <algorithm>

#include "oms/domain/print.hpp"

namespace penstock::history {
namespace {

/// What an action is about; nothing: the input is no action.
struct Object {
    std::optional<std::string> operator()(const oms::DefineSession& m) const { return text(m.name); }
    std::optional<std::string> operator()(const oms::DefineVenue& m) const { return text(m.name); }
    std::optional<std::string> operator()(const oms::DefineInstrument& m) const { return text(m.symbol); }
    std::optional<std::string> operator()(const oms::DefineAccount& m) const { return text(m.name); }
    std::optional<std::string> operator()(const oms::PermitAccount& m) const {
        return text(m.session) + " " + text(m.account);
    }
    std::optional<std::string> operator()(const oms::SetLimits& m) const { return text(m.account); }
    std::optional<std::string> operator()(const oms::SetCapacity&) const { return "capacity"; }
    std::optional<std::string> operator()(const oms::JournalSpace&) const { return "journal"; }
    std::optional<std::string> operator()(const oms::ClockSetBack&) const { return "clock"; }
    std::optional<std::string> operator()(const oms::OperatorActed& m) const { return text(m.subject); }
    std::optional<std::string> operator()(const oms::AuditKeyChanged&) const { return "key of the audit"; }
    std::optional<std::string> operator()(const oms::AdoptVenueOrder& m) const {
        return text(m.venue) + " " + text(m.venue_order_id);
    }
    std::optional<std::string> operator()(const oms::SettleUnknown& m) const {
        return "order " + std::to_string(m.order_id.value);
    }
    std::optional<std::string> operator()(const oms::AcceptPosition& m) const {
        return text(m.venue) + " " + text(m.account) + " " + text(m.symbol);
    }
    template <class Body>
    std::optional<std::string> operator()(const Body&) const {
        return std::nullopt;
    }

    template <class Name>
    static std::string text(const Name& name) {
        return std::string(name.view());
    }
};

/// Who decided it; nothing: no person did, so that it is of the configuration or of Penstock itself.
struct Decider {
    std::optional<SessionName> operator()(const oms::OperatorActed& m) const { return m.who; }
    std::optional<SessionName> operator()(const oms::AdoptVenueOrder& m) const { return name(m.by); }
    std::optional<SessionName> operator()(const oms::SettleUnknown& m) const { return name(m.by); }
    std::optional<SessionName> operator()(const oms::AcceptPosition& m) const { return name(m.by); }
    template <class Body>
    std::optional<SessionName> operator()(const Body&) const {
        return std::nullopt;
    }

    static SessionName name(const Text& by) { return SessionName::truncated(by.view()); }
};

SessionRow row_of(const oms::Input& input, SessionName session, std::string_view kind) {
    SessionRow row;
    row.seq = input.seq;
    row.time = input.time;
    row.session = session;
    row.kind = kind;
    return row;
}

}  // namespace

void Names::learn(const oms::Input& input, Rows& rows) {
    const oms::InputBody& body = input.body;
    if (const auto* quote = std::get_if<oms::QuoteChanged>(&body)) {
        std::vector<QuoteSeen>& of_symbol = quotes_[quote->symbol];
        if (quote->venue.value >= venues_.size()) return;
        of_symbol.resize(std::max<std::size_t>(of_symbol.size(), quote->venue.value + 1));
        of_symbol[quote->venue.value] = {input.seq, *quote};
        return;
    }
    if (const auto* changed = std::get_if<oms::SessionChanged>(&body))
        return rows.add(row_of(input, session(changed->session),
                               changed->up           ? "Up"
                               : changed->logged_out ? "Logout"
                                                     : "Down"));
    if (const auto* moved = std::get_if<oms::SessionAdvanced>(&body)) {
        SessionRow row = row_of(input, session(moved->session), moved->reset ? "Reset" : "Advanced");
        row.next_in = moved->next_in;
        row.next_out = moved->next_out;
        if (moved->again_from != 0)
            row.text = Text::truncated("sent again: " + std::to_string(moved->again_from) + " to " +
                                       std::to_string(moved->again_to));
        return rows.add(row);
    }
    const auto object = std::visit(Object{}, body);
    if (!object) return;
    if (const auto* session = std::get_if<oms::DefineSession>(&body)) define(*session);
    if (const auto* venue = std::get_if<oms::DefineVenue>(&body)) define(*venue);
    if (const auto* limits = std::get_if<oms::SetLimits>(&body))
        limits_[limits->account] = {input.seq, *limits};
    if (const auto* instrument = std::get_if<oms::DefineInstrument>(&body))
        default_venues_[instrument->symbol] = instrument->default_venue;
    tell(input, *object, rows);
}

void Names::define(const oms::DefineSession& body) {
    const auto known = std::ranges::find(sessions_, body.name, &Session::name);
    const Session session{body.name, body.role, body.default_account};
    if (known != sessions_.end())
        *known = session;
    else
        sessions_.push_back(session);
}

/// A venue of which the session is not defined gets no id: the core does it so.
void Names::define(const oms::DefineVenue& body) {
    const auto session = std::ranges::find(sessions_, body.session, &Session::name);
    if (session == sessions_.end() || session->role != oms::SessionRole::Venue) return;
    if (std::ranges::find(venues_, body.name) == venues_.end()) venues_.push_back(body.name);
}

/// Told again as it was, it is no action: a start tells the whole configuration.
void Names::tell(const oms::Input& input, std::string_view object, Rows& rows) {
    const std::string_view kind = oms::name_of(input.body);
    std::string after = oms::to_text(input.body);
    std::string& before = told_[std::string(kind) + " " + std::string(object)];
    const auto by = std::visit(Decider{}, input.body);
    const bool is_event = std::holds_alternative<oms::ClockSetBack>(input.body) ||
                          std::holds_alternative<oms::JournalSpace>(input.body) || by;
    if (before == after && !is_event) return;
    ActionRow row;
    row.seq = input.seq;
    row.time = input.time;
    row.kind = kind;
    row.actor = by ? *by : SessionName::truncated(is_event ? "penstock" : "configuration");
    row.object = SessionName::truncated(object);
    if (!is_event) row.before = before;
    row.after = after;
    before = std::move(after);
    rows.add(row);
}

const LimitsInForce* Names::limits(const AccountName& account) const {
    const auto found = limits_.find(account);
    return found == limits_.end() ? nullptr : &found->second;
}

VenueName Names::default_venue(const Symbol& symbol) const {
    const auto found = default_venues_.find(symbol);
    return found == default_venues_.end() ? VenueName{} : found->second;
}

const QuoteSeen* Names::quote(const VenueName& venue, const Symbol& symbol) const {
    const auto of_symbol = quotes_.find(symbol);
    if (of_symbol == quotes_.end()) return nullptr;
    const auto id = static_cast<std::size_t>(std::ranges::find(venues_, venue) - venues_.begin());
    if (id == 0 || id >= of_symbol->second.size()) return nullptr;
    const QuoteSeen& seen = of_symbol->second[id];
    return seen.seq.is_none() ? nullptr : &seen;
}

}  // namespace penstock::history
