#include "apps/penstockd/snapshot_command.hpp"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "apps/runtime/archiving.hpp"
#include "apps/runtime/log.hpp"
#include "apps/runtime/snapshots.hpp"
#include "fix/recovered_numbers.hpp"

namespace penstock::apps {
namespace {

/// Who serves from the same journal comes first, always. Best effort.
void give_way() {
    constexpr int kLowest = 19;
    constexpr int kOfThisProcess = 1;
    // Not the idle class: on a disk that is always busy that would be never.
    constexpr int kBestEffortLast = (2 << 13) | 7;
    static_cast<void>(::setpriority(PRIO_PROCESS, 0, kLowest));
    static_cast<void>(::syscall(SYS_ioprio_set, kOfThisProcess, 0, kBestEffortLast));
}

}  // namespace

int snapshot_command(const config::Config& config) {
    give_way();
    Log log(config.state_directory / "log" / "snapshot.log");
    oms::Core core(kNoCapacityYet);
    fix::RecoveredNumbers numbers;
    persistence::SnapshotStore store(config.state_directory / "snapshots");
    const Note note = [&](std::string_view line) { log.warn(line); };
    StoragePlaces places = places_of(config);
    places.journal.more = open_archive(config.storage.archive, note);
    const SnapshotTaken taken = take_snapshot(places.journal, store, {core, numbers}, note);
    if (taken.failure) {
        log.error("no snapshot: " + *taken.failure);
        return kNoSnapshot;
    }
    if (taken.seq == Seq{}) {
        log.error("no snapshot: the journal has no durable record yet");
        return kNoSnapshot;
    }
    const std::string of = taken.is_new ? "snapshot of record " : "there is a snapshot already of record ";
    log.info(of + std::to_string(taken.seq.value) + ", " + std::to_string(taken.records) +
             " records executed again");
    if (config.storage.archive.empty()) return kSnapshotTaken;
    const Archived archived = archive_closed_segments(places, [&](std::string_view line) { log.info(line); });
    if (archived.failure) log.error("the archive takes no more segments: " + *archived.failure);
    return archived.failure ? kNotArchived : kSnapshotTaken;
}

}  // namespace penstock::apps
