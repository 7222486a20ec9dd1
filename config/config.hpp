#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/follower/settings.hpp"
#include "fix/session/settings.hpp"
#include "fix/transport/settings.hpp"
#include "gateways/fix_venue/settings.hpp"
#include "oms/domain/input.hpp"
#include "oms/engine/settings.hpp"
#include "persistence/journal/settings.hpp"
#include "persistence/projection/settings.hpp"

namespace penstock::config {

/// One FIX session and what it is for.
struct SessionConfig {
    oms::SessionRole role = oms::SessionRole::Client;
    fix::SessionSettings fix;
    std::string default_account;        // clients; empty: orders must carry Account(1)
    std::vector<std::string> accounts;  // clients: what the session may trade for
    oms::PendingReports pending_reports = oms::PendingReports::OfChanges;  // clients
    bool one_request_at_a_time = false;                                    // clients
    bool cancel_on_disconnect = false;                                     // clients
    bool conflate_amends = true;                                           // clients
    Duration disconnect_grace;                                             // clients, and what follows
    oms::DisconnectScope disconnect_scope = oms::DisconnectScope::All;
    oms::LogoutPolicy on_logout = oms::LogoutPolicy::AsLoss;
    oms::MassCancelReach mass_cancel = oms::MassCancelReach::Own;
    std::vector<std::string> cancel_accounts;  // whose orders go on disconnect, whatever the above says
    std::vector<std::string> keep_accounts;    // whose orders stay
};

/// One venue: its sheet and the session (by index into Config::sessions) that leads to it.
struct VenueConfig {
    std::string name;
    gateways::VenueSheet sheet;
    std::size_t session = 0;
    std::optional<gateways::TradingDay> trading_day;  // none: not known, DAY orders held inside stay
};

/// Where closed segments of the journal go, how long they are kept, and where its tail is copied to.
struct StorageConfig {
    std::filesystem::path archive;  // empty: segments stay in the journal's folder
    std::filesystem::path ship;     // empty: nothing is copied
    Duration ship_interval = Duration::seconds(10);
    /// Closed segments that stay in the journal's folder, beside those the kept snapshots start from.
    std::uint64_t keep_segments = 2;
    /// How long archived segments of the journal must be kept; none: for ever.
    std::optional<Duration> keep_journal;
};

/// Everything penstockd reads at start, checked. Rooms get their own part of it and never see this.
struct Config {
    std::filesystem::path file;
    std::filesystem::path state_directory;  // journal/ and log/ live here
    persistence::JournalSettings journal;
    /// Records after which another snapshot is taken, so that a start has to execute few more than these; 0:
    /// never.
    std::uint64_t snapshot_records = 1'000'000;
    StorageConfig storage;
    /// Whether records hold the messages that went out, as they went: about half as much again on disk.
    bool keep_sent_messages = true;
    compliance::AuditSettings audit;
    /// The database `penstock projection` keeps; penstockd has nothing to do with it.
    projection::Settings projection;
    oms::Capacity capacity;
    /// The memory of the orders, requests and fills of `capacity` is taken at start: no order waits for a
    /// page.
    bool touch_memory = true;
    /// How long an idle loop looks for work before it sleeps, microseconds; 0: sleep at once.
    int spin_us = 50;
    /// The same while work comes more often than this: then the loop stays awake for it.
    int max_spin_us = 300;
    /// FIX messages as text files beside the journal, which has them anyway. Events are always logged.
    bool log_messages = true;
    std::vector<fix::ListenerSettings> listeners;
    std::vector<SessionConfig> sessions;
    std::vector<VenueConfig> venues;
    std::vector<oms::DefineInstrument> instruments;
    std::vector<oms::DefineAccount> accounts;
    std::vector<oms::SetLimits> limits;
};

/// Something wrong in a file: where, which key, and what was expected.
struct Problem {
    std::string file;
    int line = 0;  // 0: the file as a whole
    std::string key;
    std::string text;
};
/// "penstock.toml:12: fix.session.sender_comp_id: is missing; expected text such as \"PENSTOCK\""
std::string to_text(const Problem& problem);

struct Loaded {
    std::optional<Config> config;   // none when there are problems
    std::vector<Problem> problems;  // all of them, not just the first
    std::vector<Problem> warnings;  // unknown QuickFIX keys with the nearest known one
};
/// Reads penstock.toml, the QuickFIX .cfg it names, and the venue sheets. Never throws.
Loaded load(const std::filesystem::path& file);

/// Reads a QuickFIX .cfg alone: its sessions, and a listener for each SocketAcceptPort.
Loaded load_quickfix_cfg(const std::filesystem::path& file);

}  // namespace penstock::config
