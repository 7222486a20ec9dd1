#include "bench/relay/profile.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

namespace penstock::bench {

Profile::Profile(pid_t process, const std::string& file) {
    if (file.empty() || process <= 0) return;
    perf_ = ::fork();
    if (perf_ != 0) return;
    const int nowhere = ::open("/dev/null", O_WRONLY);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    const std::string id = std::to_string(process);
    ::execlp("perf", "perf", "record", "-g", "-F", "1999", "-o", file.c_str(), "-p", id.c_str(), nullptr);
    _exit(127);
}

Profile::~Profile() {
    if (perf_ <= 0) return;
    ::kill(perf_, SIGINT);
    int status = 0;
    ::waitpid(perf_, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        std::fprintf(stderr, "no profile: perf is not installed\n");
}

}  // namespace penstock::bench
