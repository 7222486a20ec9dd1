#include "bench/relay/systems.hpp"

#include <unistd.h>

#include <fstream>

#include "bench/relay/fix_link.hpp"
#include "bench/relay/generator.hpp"
#include "fix/codec/version.hpp"

namespace penstock::bench {
namespace {

namespace fs = std::filesystem;

/// How the venue of the generator speaks: plain FIX 4.4, nothing special.
constexpr std::string_view kSheet = "name = \"bench\"\nfix_version = \"4.4\"\nmarket_data = true\n";

std::string penstock_toml(const System& system, const Place& place) {
    const bool is_power = system.kind == System::Kind::PenstockPower;
    std::string text;
    text += "[instance]\nid = \"B1\"\nstate_directory = \"state\"\n";
    text += std::string("[journal]\ndurability = \"") + (is_power ? "power" : "process") +
            "\"\nsync_thread = \"" + place.sync_thread + "\"\n";
    // The journal has every message; QuickFIX at its best writes no log either.
    text += "[fix]\nlog_messages = false\n";
    if (system.spin_us != System::kDefaultSpin)
        text += "[loop]\nspin_us = " + std::to_string(system.spin_us) +
                "\nmax_spin_us = " + std::to_string(system.spin_us) + "\n";
    text += "[[fix.listener]]\nhost = \"127.0.0.1\"\nport = 0\n";
    for (int i = 0; i < place.sessions; ++i)
        text += "[[fix.session]]\nbegin_string = \"FIX.4.4\"\nsender_comp_id = \"" + std::string(kHub) +
                "\"\ntarget_comp_id = \"" + client_name(i) + "\"\naccounts = [\"" + std::string(kAccount) +
                "\"]\n";
    text += "[[account]]\nname = \"" + std::string(kAccount) +
            "\"\nmax_quantity = \"1000000\"\nmax_notional = \"1000000000\"\ncollar_percent = \"5\"\n";
    text += "[[venue]]\nname = \"XNAS\"\nsheet = \"bench_venue.toml\"\nhost = \"127.0.0.1\"\nport = " +
            std::to_string(place.venue_port) + "\nsender_comp_id = \"" + std::string(kHub) +
            "\"\ntarget_comp_id = \"" + std::string(kVenue) + "\"\n";
    for (const std::string_view symbol : kSymbols)
        text += "[[instrument]]\nsymbol = \"" + std::string(symbol) + "\"\nvenue = \"XNAS\"\n";
    return text + place.audit_section;
}

void write_file(const fs::path& file, std::string_view text) {
    std::ofstream(file, std::ios::binary) << text;
}

std::vector<std::string> penstock_words(const System& system, const Place& place) {
    write_file(place.directory / "penstock.toml", penstock_toml(system, place));
    write_file(place.directory / "bench_venue.toml", kSheet);
    return {place.programs / "penstockd", "--quiet", "--config", place.directory / "penstock.toml"};
}

/// QuickFIX cannot be asked which port it got, so a free one is chosen for it.
std::uint16_t free_port() {
    const int fd = listen_on_loopback(0);
    const std::uint16_t port = port_of(fd);
    ::close(fd);
    return port;
}

std::vector<std::string> quickfix_words(const System& system, const Place& place) {
    std::vector<std::string> words{
        place.programs / "bench_qf_relay", "--port",     std::to_string(free_port()),   "--venue",
        std::to_string(place.venue_port),  "--sessions", std::to_string(place.sessions)};
    if (system.kind == System::Kind::QuickFixMemory) return words;
    const fs::path dictionary = place.directory / "FIX44.xml";
    write_file(dictionary, fix::quickfix_xml(fix::Dialect::Fix44));
    words.insert(words.end(), {"--dictionary", dictionary, "--directory", place.directory});
    return words;
}

std::vector<std::string> raw_words(const System& system, const Place& place) {
    std::vector<std::string> words{place.programs / "bench_raw_relay"};
    if (system.kind == System::Kind::Tcp)
        words.emplace_back("--answer");
    else
        words.insert(words.end(), {"--venue", std::to_string(place.venue_port)});
    if (system.kind == System::Kind::RawSyncRelay)
        words.insert(words.end(), {"--journal", place.directory / "journal"});
    if (system.spin_us > 0) words.emplace_back("--spin");
    return words;
}

std::string penstock_name(System::Kind kind) {
    return kind == System::Kind::PenstockPower ? "penstock power" : "penstock process";
}

std::string variant(int spin_us) {
    if (spin_us == System::kDefaultSpin) return " default";
    return spin_us == 0 ? " block" : " spin " + std::to_string(spin_us);
}

std::vector<std::string> words_of(const System& system, const Place& place) {
    switch (system.kind) {
        case System::Kind::PenstockProcess:
        case System::Kind::PenstockPower: return penstock_words(system, place);
        case System::Kind::QuickFixMemory:
        case System::Kind::QuickFixFile: return quickfix_words(system, place);
        case System::Kind::RawRelay:
        case System::Kind::RawSyncRelay:
        case System::Kind::Tcp: return raw_words(system, place);
    }
    return {};
}

}  // namespace

bool is_penstock(System::Kind kind) {
    return kind == System::Kind::PenstockProcess || kind == System::Kind::PenstockPower;
}

std::vector<System> all_systems(const std::vector<int>& penstock_spins) {
    using Kind = System::Kind;
    std::vector<System> systems;
    for (const Kind kind : {Kind::PenstockProcess, Kind::PenstockPower})
        for (const int spin_us : penstock_spins)
            systems.push_back({kind, penstock_name(kind) + variant(spin_us), spin_us});
    systems.push_back({Kind::QuickFixMemory, "quickfix memory"});
    systems.push_back({Kind::QuickFixFile, "quickfix file+val+log"});
    systems.push_back({Kind::RawRelay, "raw relay block", 0});
    systems.push_back({Kind::RawRelay, "raw relay spin", 1});
    systems.push_back({Kind::RawSyncRelay, "raw relay sync block", 0});
    systems.push_back({Kind::RawSyncRelay, "raw relay sync spin", 1});
    systems.push_back({Kind::Tcp, "raw tcp block", 0});
    systems.push_back({Kind::Tcp, "raw tcp spin", 1});
    return systems;
}

std::vector<System> audit_systems(const std::vector<int>& penstock_spins) {
    using Kind = System::Kind;
    std::vector<System> systems;
    for (const Kind kind : {Kind::PenstockProcess, Kind::PenstockPower}) {
        for (const int spin_us : penstock_spins) {
            const std::string name = penstock_name(kind) + variant(spin_us);
            systems.push_back({kind, name, spin_us});
            systems.push_back({kind, name + ", audit", spin_us, Audit::On});
            systems.push_back({kind, name + ", again", spin_us});
            systems.push_back({kind, name + ", audit + witness", spin_us, Audit::Witnessed});
        }
    }
    return systems;
}

Command prepare(const System& system, const Place& place) {
    fs::create_directories(place.directory);
    return {words_of(system, place), place.directory / "errors.txt", place.core};
}

}  // namespace penstock::bench
