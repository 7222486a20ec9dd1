#include "apps/penstockd/snapshot_taker.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "apps/penstockd/snapshot_command.hpp"

namespace penstock::apps {

void SnapshotTaker::look(Seq last) {
    if (child_ != 0) reap();
    if (every_ != 0 && child_ == 0 && last.value - newest_.value >= every_) start(last);
}

void SnapshotTaker::start(Seq last) {
    newest_ = last;
    std::string file = config_.string();
    std::array<char, 32> program{"penstockd"};
    std::array<char, 32> option{"--config"};
    std::array<char, 32> command{"snapshot"};
    const std::array<char*, 5> arguments{program.data(), option.data(), file.data(), command.data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    // Sockets and the journal's lock must not live on in a child when this process is gone.
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    const int error = ::posix_spawn(&child_, "/proc/self/exe", &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error == 0) return;
    child_ = 0;
    note_(std::string("no snapshot: cannot start a process: ") + std::strerror(error));
}

void SnapshotTaker::reap() {
    int status = 0;
    if (::waitpid(child_, &status, WNOHANG) != child_) return;
    child_ = 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == kSnapshotTaken) return;
    if (WIFEXITED(status) && WEXITSTATUS(status) == kNotArchived)
        return note_(
            "the archive takes no more segments (log/snapshot.log says why): the journal's folder grows "
            "until "
            "that is mended; tried again with the next snapshot");
    note_("no snapshot was taken (see log/snapshot.log); the next try is after " + std::to_string(every_) +
          " more records, and a start takes longer until then");
}

}  // namespace penstock::apps
