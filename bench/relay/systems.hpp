#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bench/relay/child.hpp"

namespace penstock::bench {

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
};
/// Everything that is compared; Penstock once for each of the spin settings and durability modes.
std::vector<System> all_systems(const std::vector<int>& penstock_spins);
bool is_penstock(System::Kind kind);

/// Where and for whom a system is started.
struct Place {
    std::filesystem::path programs;   // the build folder
    std::filesystem::path directory;  // empty, on a real disk
    int core = 0;
    int sessions = 1;
    std::uint16_t venue_port = 0;
    std::string sync_thread = "writer";  // Penstock's [journal] sync_thread
};
/// Writes the system's settings and returns how to start it. Its ready line ends in the port for
/// clients behind the word "port".
Command prepare(const System& system, const Place& place);

}  // namespace penstock::bench
