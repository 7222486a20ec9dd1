#include "tests/sim/snapshots.hpp"

#include <cstring>
#include <fstream>
#include <iterator>

#include "persistence/snapshot/file_sink.hpp"
#include "tests/sim/recovery.hpp"
#include "tests/sim/violation.hpp"

namespace penstock::sim {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& path, const std::string& bytes) {
    std::ofstream out(path, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// A good snapshot, but of another layout.
void set_other_layout(std::string& bytes) {
    persistence::SnapshotHeader header;
    std::memcpy(&header, bytes.data(), sizeof header);
    header.layout ^= 1;
    header.digest = {};
    persistence::Sha256 hash;
    hash.add(std::string_view(bytes).substr(sizeof header));
    hash.add({reinterpret_cast<const char*>(&header), sizeof header});
    header.digest = hash.finish();
    std::memcpy(bytes.data(), &header, sizeof header);
}

}  // namespace

Snapshots::Snapshots(Surroundings& world, Disk& disk, const fs::path& journal)
    : world_(world),
      disk_(disk),
      journal_(journal),
      directory_(journal.string() + "-snapshots"),
      random_(world.plan.seed ^ 0x534E4150U) {
    fs::remove_all(directory_);
}

Snapshots::~Snapshots() {
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
}

void Snapshots::take() {
    if (disk_.content("HEAD").empty()) return;
    disk_.save(journal_);
    oms::Core core(apps::kNoCapacityYet);
    fix::RecoveredNumbers numbers;
    persistence::SnapshotStore store(directory_);
    const auto result = apps::take_snapshot(
        journal_settings(world_, journal_), store, {core, numbers}, [](std::string_view) {});
    if (result.failure) violated(Invariant::ReplayAgrees, "no snapshot: " + *result.failure);
    if (result.is_new) ++taken;
}

void Snapshots::spoil() {
    const auto files = persistence::SnapshotStore(directory_).newest_first();
    if (files.empty()) return;
    std::string bytes = read_file(files.front());
    switch (random_.below(6)) {
        case 0: fs::remove(files.front()); return;
        case 1: set_other_layout(bytes); break;
        case 2: {
            char& byte = bytes[random_.below(bytes.size())];
            byte = static_cast<char>(byte ^ static_cast<char>(1U << random_.below(8)));
            break;
        }
        default: return;
    }
    write_file(files.front(), bytes);
}

std::optional<apps::ReadOn> Snapshots::restore(const persistence::Uuid& uuid, const apps::Replayed& into) {
    const auto settings = journal_settings(world_, journal_);
    auto begin = apps::restore_newest(persistence::SnapshotStore(directory_), {settings, uuid}, into,
                                      apps::Damaged::IsPutAside, [this](std::string_view) { ++refused; });
    if (begin) ++restored;
    return begin;
}

}  // namespace penstock::sim
