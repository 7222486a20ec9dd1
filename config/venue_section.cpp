#include <algorithm>

#include "config/draft.hpp"
#include "config/secret.hpp"
#include "config/values.hpp"
#include "config/venue_sheet.hpp"

namespace penstock::config {
namespace {

fix::Version version_of_sheet(const gateways::VenueSheet& sheet) {
    if (sheet.fix_version == "4.2") return fix::Version::Fix42;
    return sheet.fix_version == "4.4" ? fix::Version::Fix44 : fix::Version::Fix50Sp2;
}

std::optional<gateways::VenueSheet> read_sheet(Section& section, Findings& findings) {
    std::string name;
    section.require("sheet", name, "sim44");
    if (name.empty()) return std::nullopt;
    const auto file = find_venue_sheet(section.folder(), name);
    if (file) return read_venue_sheet(*file, findings);
    section.problem("sheet", "is " + in_quotes(name) + ", which is neither a file in " +
                                 (section.folder().empty() ? "." : section.folder().string()) + " nor in " +
                                 built_in_sheets().string());
    return std::nullopt;
}

void read_login(Section& section, fix::SessionSettings& settings) {
    settings.username = read_maybe_secret(section, "username");
    settings.password = read_secret(section, "password");
    if (section.has("password") && !section.has("username")) {
        section.problem("password", "stands alone; expected username with it");
    }
    const auto address = ip_address(settings.host);
    const bool is_near = address && is_loopback(*address);
    if (!settings.password.empty() && !settings.tls.enabled && !is_near) {
        section.warning("password", "crosses the network without tls; anybody on the way can read it");
    }
}

/// A venue with its own session. Its index.
std::size_t read_venue_session(Section& section, const gateways::VenueSheet* sheet, Draft& draft) {
    DraftSession made{{}, section.place()};
    made.session.role = oms::SessionRole::Venue;
    made.is_named = true;
    fix::SessionSettings& settings = made.session.fix;
    settings.is_initiator = true;
    made.is_identified = sheet != nullptr;
    if (sheet != nullptr) settings.version = version_of_sheet(*sheet);
    section.require("host", settings.host, "127.0.0.1");
    section.require_port("port", settings.port);
    section.read_seconds("reconnect_interval_s", settings.reconnect_interval, {1, 3600});
    section.read_seconds("max_reconnect_interval_s", settings.max_reconnect_interval, {1, 3600});
    if (settings.max_reconnect_interval < settings.reconnect_interval) {
        settings.max_reconnect_interval = settings.reconnect_interval;
    }
    read_tls(section, settings.tls, TlsSide::Initiator);
    read_session_rules(section, settings);
    read_login(section, settings);
    draft.sessions.push_back(std::move(made));
    return draft.sessions.size() - 1;
}

/// A venue whose session is an initiator of the .cfg. Its index.
std::size_t use_cfg_session(Section& section, const gateways::VenueSheet* sheet, Draft& draft) {
    std::string name;
    section.require("session", name, "FIX.4.2:ME->VENUE");
    const auto found =
        std::find_if(draft.sessions.begin(), draft.sessions.end(), [&](const DraftSession& one) {
            return one.from_cfg && one.session.fix.is_initiator && name_of(one.session.fix) == name;
        });
    if (found == draft.sessions.end()) {
        if (!name.empty()) {
            section.problem(
                "session", "is " + in_quotes(name) + "; expected an initiator session of fix.settings_file");
        }
        return 0;
    }
    if (found->is_named)
        section.problem("session", in_quotes(name) + " serves another venue; expected its own");
    found->is_named = true;
    fix::SessionSettings& settings = found->session.fix;
    if (sheet != nullptr && version_of_sheet(*sheet) != settings.version) {
        section.problem("sheet", "speaks FIX " + sheet->fix_version + "; expected the version of session " +
                                     in_quotes(name));
    }
    read_login(section, settings);
    return static_cast<std::size_t>(found - draft.sessions.begin());
}

void read_trading_day(Section& venue, std::optional<gateways::TradingDay>& out) {
    auto section = venue.table("trading_day");
    if (!section) return;
    gateways::TradingDay& day = out.emplace();
    std::string end;
    section->require("end", end, "17:00:00");
    const auto second = second_of_day(end);
    if (second) day.end_second = *second;
    if (!second && !end.empty())
        section->problem("end", "is " + in_quotes(end) + "; expected a time such as \"17:00:00\"");
    section->read("time_zone", day.time_zone);
    if (!is_time_zone(day.time_zone))
        section->problem("time_zone", "is " + in_quotes(day.time_zone) +
                                          "; expected an IANA name known on this machine, such as "
                                          "\"America/New_York\"");
    section->read("on_weekends", day.on_weekends);
    section->finish();
}

void read_venue(Section& section, Draft& draft) {
    VenueConfig venue;
    section.require("name", venue.name, "XV44");
    check_length(section, "name", venue.name.size(), VenueName::kCapacity);
    const auto sheet = read_sheet(section, draft.findings);
    if (sheet) venue.sheet = *sheet;
    const gateways::VenueSheet* known_sheet = sheet ? &*sheet : nullptr;
    venue.session = section.has("session") ? use_cfg_session(section, known_sheet, draft)
                                           : read_venue_session(section, known_sheet, draft);
    read_trading_day(section, venue.trading_day);
    section.finish();
    const auto& known = draft.config.venues;
    if (std::any_of(known.begin(), known.end(), [&](const auto& one) { return one.name == venue.name; })) {
        section.problem("name", "is " + in_quotes(venue.name) + " again; expected each venue once");
    }
    draft.config.venues.push_back(std::move(venue));
}

void read_instrument(Section& section, Draft& draft) {
    std::string symbol;
    std::string venue;
    section.require("symbol", symbol, "ABC");
    section.require("venue", venue, "XV44");
    check_length(section, "symbol", symbol.size(), Symbol::kCapacity);
    oms::DefineInstrument made{Symbol::truncated(symbol), VenueName::truncated(venue)};
    if (const auto step = section.decimal("price_increment")) made.price_increment = Price{*step};
    if (const auto step = section.decimal("quantity_increment")) made.quantity_increment = Quantity{*step};
    section.finish();
    const auto& known = draft.config.instruments;
    if (std::any_of(
            known.begin(), known.end(), [&](const auto& one) { return one.symbol.view() == symbol; })) {
        section.problem("symbol", "is " + in_quotes(symbol) + " again; expected each instrument once");
    }
    if (!venue.empty()) draft.venues.push_back({venue, section.place("venue"), section.path_of("venue")});
    draft.config.instruments.push_back(made);
}

}  // namespace

void read_venues(Section& root, Draft& draft) {
    for (Section& section : root.tables("venue")) {
        const std::size_t before = draft.config.venues.size();
        read_venue(section, draft);
        const std::string& name = draft.config.venues[before].name;
        if (!name.empty()) draft.venue_places.push_back({name, section.place(), "venue"});
    }
    for (Section& section : root.tables("instrument")) read_instrument(section, draft);
}

}  // namespace penstock::config
