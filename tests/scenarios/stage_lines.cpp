#include <functional>
#include <map>

#include "tests/scenarios/lines.hpp"
#include "tests/scenarios/words.hpp"

namespace penstock::scenarios {
namespace {

using Play = std::function<void(Words&, Stage&, const Line&)>;

SessionName party_name(const std::string& kind, const std::string& name) {
    return *SessionName::from(kind + " " + name);
}

void define_session(Words& words, Stage& stage, const Line& line) {
    oms::DefineSession session;
    session.name = party_name("client", words.next("a client's name"));
    if (words.take("default")) session.default_account = words.id<AccountName>("an account");
    if (words.take("pending-all")) session.pending_reports = oms::PendingReports::All;
    if (words.take("pending-none")) session.pending_reports = oms::PendingReports::None;
    session.one_request_at_a_time = words.take("one-at-a-time");
    session.cancel_on_disconnect = words.take("cancel-on-disconnect");
    session.conflate_amends = !words.take("one-by-one");
    if (words.take("grace")) session.disconnect_grace = words.duration();
    if (words.take("not-good-till")) session.disconnect_scope = oms::DisconnectScope::NotGoodTill;
    if (words.take("logout-keeps")) session.on_logout = oms::LogoutPolicy::Keeps;
    if (words.take("mass-cancels-accounts")) session.mass_cancel = oms::MassCancelReach::Accounts;
    stage.feed(session, line);
}

/// `does stop`: what the venue does by itself.
std::uint32_t feature(Words& words) {
    static const std::map<std::string, std::uint32_t> kNames{
        {"stop", oms::venue_does::kStop},
        {"touch", oms::venue_does::kIfTouched},
        {"trail", oms::venue_does::kTrailingStop},
        {"show", oms::venue_does::kDisplay},
        {"peg", oms::venue_does::kPeg},
        {"post-only", oms::venue_does::kPostOnly},
        {"reduce-only", oms::venue_does::kReduceOnly},
        {"gtd", oms::venue_does::kGoodTillDate},
        {"at-open", oms::venue_does::kAtOpen},
        {"at-close", oms::venue_does::kAtClose},
        {"auction", oms::venue_does::kAuction},
        {"min", oms::venue_does::kMinimumQuantity}};
    const auto found = kNames.find(words.next("what the venue does by itself"));
    if (found == kNames.end()) words.fail("no venue does that");
    return found->second;
}

/// A venue and the session it is reached by have one name.
void define_venue(Words& words, Stage& stage, const Line& line) {
    const std::string name = words.next("a venue's name");
    oms::DefineSession session;
    session.name = party_name("venue", name);
    session.role = oms::SessionRole::Venue;
    oms::DefineVenue venue;
    venue.name = *VenueName::from(name);
    venue.session = session.name;
    venue.concurrent_amends = words.take("concurrent");
    venue.amend_quantity_is_total = !words.take("remaining");
    venue.asks_on_logon = words.take("asks");
    venue.mass_status = words.take("lists");
    if (words.take("timeout")) venue.answer_timeout = words.duration();
    if (words.take("within")) venue.reconcile_within = words.duration();
    venue.trades_unreconciled = words.take("trades-unreconciled");
    if (words.take("checks")) venue.check_every = words.duration();
    venue.infers_fills = words.take("infers");
    if (words.take("positions")) venue.check_positions = words.duration();
    while (words.take("does")) venue.features |= feature(words);
    stage.feed(session, line);
    stage.feed(venue, line);
}

void define(Words& words, Stage& stage, const Line& line) {
    if (words.take("client")) return define_session(words, stage, line);
    if (words.take("venue")) return define_venue(words, stage, line);
    if (words.take("account"))
        return stage.feed(oms::DefineAccount{words.id<AccountName>("an account")}, line);
    if (!words.take("instrument")) words.fail("expected client, venue, account or instrument");
    oms::DefineInstrument instrument;
    instrument.symbol = words.id<Symbol>("a symbol");
    if (words.take("on")) instrument.default_venue = words.id<VenueName>("a venue");
    if (words.take("tick")) instrument.price_increment = words.price();
    if (words.take("lot")) instrument.quantity_increment = words.quantity();
    stage.feed(instrument, line);
}

/// A limit that is not named is absent.
void limits(Words& words, Stage& stage, const Line& line) {
    oms::SetLimits limits;
    limits.account = words.id<AccountName>("an account");
    if (words.take("quantity")) limits.max_quantity = words.quantity();
    if (words.take("notional")) limits.max_notional = words.price();
    if (words.take("collar")) limits.collar_percent = words.number("a percentage");
    if (words.take("age")) limits.max_reference_age = words.duration();
    stage.feed(limits, line);
}

void permit(Words& words, Stage& stage, const Line& line) {
    oms::PermitAccount permission;
    permission.session = party_name("client", words.next("a client's name"));
    permission.account = words.id<AccountName>("an account");
    if (words.take("cancel-on-disconnect"))
        permission.on_disconnect = oms::AccountOnDisconnect::Cancel;
    else if (words.take("keep-on-disconnect"))
        permission.on_disconnect = oms::AccountOnDisconnect::Keep;
    stage.feed(permission, line);
}

/// `quote XYZ bid 9.99 ask 10.01 last 10 from Y`, `quote XYZ none`
void quote(Words& words, Stage& stage, const Line& line) {
    oms::QuoteChanged quote;
    quote.symbol = words.id<Symbol>("a symbol");
    words.take("none");
    if (words.take("bid")) quote.bid = words.price();
    if (words.take("ask")) quote.ask = words.price();
    if (words.take("last")) quote.last = words.price();
    if (words.take("mark")) quote.mark = words.price();
    const auto venue = words.take("from") ? words.id<VenueName>("a venue") : *VenueName::from("X");
    quote.venue = stage.core().world().directory.venue_id(venue);
    stage.feed(quote, line);
}

/// `journal nearly-full`, `journal roomy`
void journal(Words& words, Stage& stage, const Line& line) {
    const bool is_nearly_full = words.take("nearly-full");
    if (!is_nearly_full && !words.take("roomy")) words.fail("expected nearly-full or roomy");
    stage.feed(oms::JournalSpace{is_nearly_full, is_nearly_full ? 1U : 2U, 2}, line);
}

/// `operator halt`, `operator resume`, `operator restored` from a copy, `operator noted` something else
void operator_acts(Words& words, Stage& stage, const Line& line) {
    oms::OperatorActed act;
    if (words.take("halt"))
        act.effect = oms::OperatorEffect::Halt;
    else if (words.take("resume"))
        act.effect = oms::OperatorEffect::Resume;
    else if (words.take("restored"))
        act.effect = oms::OperatorEffect::Restored;
    else if (!words.take("noted"))
        words.fail("expected halt, resume, restored or noted");
    stage.feed(act, line);
}

/// `clock-set-back 90s`
void clock_set_back(Words& words, Stage& stage, const Line& line) {
    stage.feed(oms::ClockSetBack{words.duration()}, line);
}

/// `+5s`
Duration later(Words& words, const Line& line) {
    const std::string word = words.next("+5s");
    if (word.size() < 2 || word[0] != '+') words.fail("expected a time like +5s, got '" + word + "'");
    Line without_sign = line;
    without_sign.words = {word.substr(1)};
    return Words(without_sign).duration();
}

/// `trading-day X ends +30m`, `trading-day X ends +30m since 2m`: it began so long ago.
void trading_day(Words& words, Stage& stage, const Line& line) {
    const VenueName venue = words.id<VenueName>("a venue");
    if (!words.take("ends")) words.fail("expected ends");
    oms::TradingDayBegan body;
    body.venue = stage.core().world().directory.venue_id(venue);
    body.ends = stage.now() + later(words, line);
    body.begins = stage.now();
    if (words.take("since")) body.begins.ns -= words.duration().ns;
    stage.feed(body, line);
}

/// `adopt H1 on X for A account ACC by Ann reason "found it"`
void adopt(Words& words, Stage& stage, const Line& line) {
    oms::AdoptVenueOrder body;
    body.venue_order_id = words.id<VenueOrderId>("an OrderID");
    if (words.take("on")) body.venue = words.id<VenueName>("a venue");
    if (words.take("for")) body.owner = party_name("client", words.next("a client's name"));
    if (words.take("of-venue")) body.owner = party_name("venue", words.next("a venue's name"));
    if (words.take("account")) body.account = words.id<AccountName>("an account");
    if (words.take("by")) body.by = words.id<Text>("who decides");
    if (words.take("reason")) body.reason = words.id<Text>("why");
    stage.feed(body, line);
}

/// `settle a1 by Ann reason "the venue says by telephone"`
void settle(Words& words, Stage& stage, const Line& line) {
    oms::SettleUnknown body;
    body.order_id = stage.names().order(words.next("the ClOrdID of an order"));
    if (words.take("by")) body.by = words.id<Text>("who decides");
    if (words.take("reason")) body.reason = words.id<Text>("why");
    stage.feed(body, line);
}

/// `accept-position X ACC XYZ -10 by Ann reason "a split"`
void accept_position(Words& words, Stage& stage, const Line& line) {
    oms::AcceptPosition body;
    body.venue = words.id<VenueName>("a venue");
    body.account = words.id<AccountName>("an account");
    body.symbol = words.id<Symbol>("a symbol");
    body.difference = words.quantity("the difference");
    if (words.take("by")) body.by = words.id<Text>("who decides");
    if (words.take("reason")) body.reason = words.id<Text>("why");
    stage.feed(body, line);
}

void time(Words& words, Stage& stage, const Line& line) { stage.advance(later(words, line), line); }

const std::map<std::string, Play> kLines{
    {"define", define},           {"limits", limits},
    {"permit", permit},           {"quote", quote},
    {"journal", journal},         {"clock-set-back", clock_set_back},
    {"operator", operator_acts},  {"time", time},
    {"trading-day", trading_day}, {"adopt", adopt},
    {"settle", settle},           {"accept-position", accept_position},
};

}  // namespace

void play_stage_line(Stage& stage, const Line& line) {
    Words words(line);
    const std::string kind = words.next("a line");
    const auto play = kLines.find(kind);
    if (play == kLines.end()) words.fail("no line begins with '" + kind + "'");
    play->second(words, stage, line);
    words.end();
}

}  // namespace penstock::scenarios
