#pragma once

#include <string>
#include <vector>

#include "config/config.hpp"
#include "config/findings.hpp"
#include "config/section.hpp"

namespace penstock::config {

struct DraftSession {
    SessionConfig session;
    Place place;
    bool from_cfg = false;
    bool is_named = false;      // sessions of a .cfg: in penstock.toml
    bool is_identified = true;  // its version could be read
};

struct DraftListener {
    fix::ListenerSettings listener;
    Place place;
    bool from_cfg = false;
};

/// A name that another part of the file must define.
struct Mention {
    std::string name;
    Place place;
    std::string key;
};

/// A configuration while it is read: what the files say, where they say it, and what is left to check
/// when all of them are read.
struct Draft {
    Config config;  // all but the sessions and listeners
    Findings findings;
    std::vector<DraftSession> sessions;
    std::vector<DraftListener> listeners;
    std::vector<Mention> accounts;  // mentioned by sessions
    std::vector<Mention> venues;    // mentioned by instruments
    std::vector<Mention> venue_places;
};

// One function per part of penstock.toml. Each reads its tables and reports what is wrong with them.
void read_process(Section& root, Draft& draft);   // [instance] [journal] [storage] [core] [loop]
void read_fix(Section& root, Draft& draft);       // [fix], with the .cfg it names
void read_accounts(Section& root, Draft& draft);  // [[account]]
void read_venues(Section& root, Draft& draft);    // [[venue]] and its sheet, [[instrument]]

/// The keys that client, drop copy and venue sessions share.
void read_session_rules(Section& section, fix::SessionSettings& settings);
enum class TlsSide : std::uint8_t { Listener, Initiator };
/// `tls`; disabled when there is none.
void read_tls(Section& section, fix::TlsSettings& tls, TlsSide side);

/// Adds the sessions and listeners of a QuickFIX .cfg.
void read_quickfix_cfg(const std::filesystem::path& file, Draft& draft);

/// What can only be seen from everything together, for a .cfg alone too.
void check_sessions(Draft& draft);
void check_listeners(Draft& draft);
/// The same for what only penstock.toml has.
void check_references(Draft& draft);

/// A problem when a name is too long for what holds it.
void check_length(Section& section, std::string_view key, std::size_t size, std::size_t limit);

}  // namespace penstock::config
