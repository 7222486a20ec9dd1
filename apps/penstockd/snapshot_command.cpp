#include "apps/penstockd/snapshot_command.hpp"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

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

bool snapshot_command(const config::Config& config) {
    give_way();
    Log log(config.state_directory / "log" / "snapshot.log");
    oms::Core core(kNoCapacityYet);
    fix::RecoveredNumbers numbers;
    persistence::SnapshotStore store(config.state_directory / "snapshots");
    const SnapshotTaken taken =
        take_snapshot(config.journal, store, {core, numbers}, [&](std::string_view line) { log.warn(line); });
    if (taken.failure) {
        log.error("no snapshot: " + *taken.failure);
        return false;
    }
    const std::string of = taken.is_new ? "snapshot of record " : "there is a snapshot already of record ";
    log.info(of + std::to_string(taken.seq.value) + ", " + std::to_string(taken.records) +
             " records executed again");
    return true;
}

}  // namespace penstock::apps
