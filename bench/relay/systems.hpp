#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bench/relay/child.hpp"

namespace penstock::bench {

/// Penstock's audit: none, in its place beside the journal, or with a witness that countersigns it too.
enum class Audit : std::uint8_t { Off, On, Witnessed };

/// What can stand between the clients and the venue.
struct System {
    enum class Kind {
        PenstockProcess,  // durable in the page cache before release
        PenstockPower,    // durable on the disk before release
        QuickFixMemory,   // two bare sessions at their best
        QuickFixFile,     // as QuickFIX is run: FileStore, validation, FileLog
        RawRelay,
        RawSyncRelay,  // hand-written, syncs before it forwards
        Tcp,           // answers by itself: no FIX, no relay
    };
    Kind kind;
    std::string name;
    /// Penstock as it comes: it looks for longer while work comes often.
    static constexpr int kDefaultSpin = -1;
    int spin_us = 0;  // others than Penstock: 0 blocks, anything else spins
    Audit audit = Audit::Off;
};
/// Everything that is compared; Penstock once for each of the spin settings and durability modes.
std::vector<System> all_systems(const std::vector<int>& penstock_spins);
/// Penstock alone, four times with each spin setting and durability: without an audit, with one, without one
/// again, and with one that has a witness; so two that are the same stand among those that differ.
std::vector<System> audit_systems(const std::vector<int>& penstock_spins);
inline constexpr std::size_t kAuditRow = 4;  // systems of one such group
bool is_penstock(System::Kind kind);

/// Where and for whom a system is started.
struct Place {
    std::filesystem::path programs;   // the build folder
    std::filesystem::path directory;  // empty, on a real disk
    int core = 0;
    int sessions = 1;
    std::uint16_t venue_port = 0;
    std::string sync_thread = "writer";  // Penstock's [journal] sync_thread
    std::string audit_section;           // of penstock.toml; empty: no audit
};
/// Writes the system's settings and returns how to start it. Its ready line ends in the port for
/// clients behind the word "port".
Command prepare(const System& system, const Place& place);

}  // namespace penstock::bench
