#include "apps/penstock_venue/settings.hpp"

#include <fstream>
#include <sstream>

#include "config/section.hpp"

namespace penstock::apps {
namespace {

using config::Section;

constexpr config::Bounds kAnyPort{0, 65'535};  // 0: whichever is free, named on the ready line
constexpr config::Bounds kDelayMs{0, 60'000};
constexpr config::Bounds kDayMs{1, 86'400'000};
constexpr config::Bounds kPositive{1, INT32_MAX};

std::filesystem::path path_from(Section& section, std::string_view key) {
    std::string text;
    section.read(key, text);
    return text.empty() ? std::filesystem::path() : section.folder() / text;
}

void require_decimal(Section& section, std::string_view key, Decimal& out) {
    if (!section.has(key)) return section.problem(key, "is missing; expected a decimal such as \"0.01\"");
    if (const auto number = section.decimal(key)) out = *number;
}

void read_version(Section& top, sim::VenueProfile& profile) {
    constexpr fix::Version kVersions[] = {fix::Version::Fix42, fix::Version::Fix44, fix::Version::Fix50Sp2};
    if (!top.has("version"))
        return top.problem("version", "is missing; expected \"4.2\", \"4.4\" or \"5.0SP2\"");
    if (const auto at = top.choice("version", {"4.2", "4.4", "5.0SP2"})) profile.version = kVersions[*at];
}

void read_manners(Section& top, sim::VenueProfile& profile) {
    bool acks = false;
    top.read("pending_acks", acks);
    if (acks) profile.pending_acks = sim::PendingAcks::Sent;
    if (const auto at = top.choice("chained_requests", {"taken", "refused"}))
        profile.chained_requests = static_cast<sim::ChainedRequests>(*at);
    if (const auto at = top.choice("amend_quantity", {"total", "remaining"}))
        profile.amend_quantity = static_cast<sim::AmendQuantity>(*at);
    if (const auto at = top.choice("on_disconnect", {"keep", "cancel_and_report", "cancel_silently"}))
        profile.on_disconnect = static_cast<sim::OnDisconnect>(*at);
    top.read_milliseconds("request_delay_ms", profile.request_delay, kDelayMs);
    top.read("behaviour_tag", profile.behaviour_tag, {1, 99'999});
}

void read_script(Section& top, sim::VenueProfile& profile) {
    bool defaults = true;
    top.read("default_quantities", defaults);
    if (!defaults) profile.script = sim::Script::well_behaved();
    const std::filesystem::path path = path_from(top, "behaviour_file");
    if (path.empty()) return;
    std::ifstream file(path);
    if (!file) return top.problem("behaviour_file", "cannot read " + path.string());
    std::ostringstream text;
    text << file.rdbuf();
    if (const auto wrong = profile.script.read(path.string(), text.str()))
        top.problem("behaviour_file", *wrong);
}

std::optional<sim::BackgroundSettings> read_background(Section& instrument) {
    auto table = instrument.table("background");
    if (!table) return std::nullopt;
    sim::BackgroundSettings background;
    table->read("levels", background.levels, {1, 50});
    table->read_milliseconds("interval_ms", background.interval, kDayMs);
    table->read("typical_lots", background.typical_lots, {1, 1'000'000});
    table->read("trade_one_in", background.trade_one_in, {0, INT32_MAX});
    table->finish();
    return background;
}

void read_replay(Section& instrument, const Symbol& symbol, VenueSettings& settings) {
    auto table = instrument.table("replay");
    if (!table) return;
    ReplaySettings replay;
    replay.symbol = symbol;
    std::string file;
    table->require("file", file, "quotes.csv");
    replay.file = table->folder() / file;
    if (const auto at =
            table->choice("format", {"quote_csv", "trade_csv", "binance", "lean_tick", "lean_bar"}))
        replay.format = static_cast<sim::ReplayFormat>(*at);
    table->read("price_scale", replay.price_scale, {0, Decimal::kMaxScale});
    table->read("speed", replay.speed, kPositive);
    table->finish();
    settings.replays.push_back(std::move(replay));
}

void read_instruments(Section& top, VenueSettings& settings) {
    if (!top.has("instrument")) top.problem("instrument", "is missing; expected at least one [[instrument]]");
    for (Section& table : top.tables("instrument")) {
        sim::TradedInstrument traded;
        std::string symbol;
        table.require("symbol", symbol, "XYZ");
        if (const auto made = Symbol::from(symbol))
            traded.instrument.symbol = *made;
        else
            table.problem("symbol", "is longer than 31 characters");
        traded.instrument.lot = Quantity::whole(1);
        require_decimal(table, "tick", traded.instrument.tick.value);
        require_decimal(table, "start_price", traded.instrument.start_price.value);
        if (const auto lot = table.decimal("lot")) traded.instrument.lot.value = *lot;
        traded.background = read_background(table);
        read_replay(table, traded.instrument.symbol, settings);
        table.finish();
        settings.profile.instruments.push_back(traded);
    }
}

void read_sessions(Section& top, VenueSettings& settings) {
    if (!top.has("session")) top.problem("session", "is missing; expected at least one [[session]]");
    for (Section& table : top.tables("session")) {
        fix::SessionSettings session;
        session.version = settings.profile.version;
        // The behaviour tag is a field of no dictionary.
        session.validate_user_defined_fields = false;
        table.require("sender_comp_id", session.sender_comp_id, "SIM44");
        table.require("target_comp_id", session.target_comp_id, "PENSTOCK");
        table.read("reset_on_logon", session.reset_on_logon);
        table.read("reset_on_logout", session.reset_on_logout);
        table.read("reset_on_disconnect", session.reset_on_disconnect);
        table.read("use_fast_lane", session.use_fast_lane);
        table.finish();
        settings.sessions.push_back(std::move(session));
    }
}

void read_listener(Section& top, fix::ListenerSettings& listener) {
    top.read("host", listener.host);
    if (!top.has("port")) top.problem("port", "is missing; expected a port, or 0 for any free one");
    top.read("port", listener.port, kAnyPort);
    auto tls = top.table("tls");
    if (!tls) return;
    listener.tls.enabled = true;
    listener.tls.certificate_file = path_from(*tls, "certificate_file").string();
    listener.tls.private_key_file = path_from(*tls, "private_key_file").string();
    listener.tls.ca_file = path_from(*tls, "ca_file").string();
    tls->read("require_peer_certificate", listener.tls.require_peer_certificate);
    tls->finish();
}

}  // namespace

LoadedVenue load_venue(const std::filesystem::path& file) {
    LoadedVenue loaded;
    VenueSettings& settings = loaded.settings;
    config::Findings findings;
    if (const auto tree = config::read_toml(file, findings)) {
        Section top(*tree, file.string(), "", findings);
        top.require("name", settings.name, "SIM44");
        top.read("seed", settings.seed, {0, INT64_MAX});
        settings.profile.prefix.clear();
        top.read("prefix", settings.profile.prefix);
        read_version(top, settings.profile);
        read_listener(top, settings.listener);
        read_sessions(top, settings);
        read_manners(top, settings.profile);
        read_script(top, settings.profile);
        read_instruments(top, settings);
        settings.state_file = path_from(top, "state_file");
        settings.log_directory = path_from(top, "log_directory");
        top.finish();
    }
    findings.sort();
    for (const config::Problem& problem : findings.problems) loaded.problems.push_back(to_text(problem));
    for (const config::Problem& warning : findings.warnings) loaded.problems.push_back(to_text(warning));
    return loaded;
}

}  // namespace penstock::apps
