#include "persistence/journal/fail_stop.hpp"

#include <unistd.h>

#include <cstdio>

#include "persistence/journal/disk.hpp"

namespace penstock::persistence {
namespace {

// Known to service managers: a storage fault, not to be cured by a restart (systemd:
// RestartPreventExitStatus=70).
constexpr int kExitStorage = 70;

}  // namespace

void FailStop::disk_failed(const std::string& path, std::string_view what, int error) {
    if (failed_.exchange(true)) return;
    const std::string line =
        path + ": cannot " + std::string(what) + ": " + errno_text(error) +
        ". Nothing after the last durable record was sent. Check the disk, then start again: "
        "the journal recovers by itself.";
    if (settings_.fail_stop) return settings_.fail_stop(line);
    std::fprintf(stderr, "penstock: journal stopped: %s\n", line.c_str());
    ::_exit(kExitStorage);
}

}  // namespace penstock::persistence
