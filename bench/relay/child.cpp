#include "bench/relay/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "bench/support/clock.hpp"
#include "bench/support/cores.hpp"

namespace penstock::bench {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kTimeToStop = 10'000 * kMillisecond;
constexpr std::size_t kMostShown = 2000;  // of what a failed child wrote to stderr

[[noreturn]] void become(const Command& command, int output) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    pin_to_core(command.core);
    setpriority(PRIO_PROCESS, 0, command.niceness);
    const int errors = ::open(command.errors.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    dup2(output, STDOUT_FILENO);
    if (errors >= 0) dup2(errors, STDERR_FILENO);
    std::vector<char*> words;
    for (const std::string& word : command.words) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execv(words[0], words.data());
    _exit(127);
}

std::string end_of(const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    return text.size() > kMostShown ? text.substr(text.size() - kMostShown) : text;
}

}  // namespace

Child::Child(const Command& command) : errors_(command.errors) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        problem_ = "no pipe";
        return;
    }
    pid_ = ::fork();
    if (pid_ == 0) become(command, ends[1]);
    ::close(ends[1]);
    output_ = ends[0];
    if (pid_ < 0) problem_ = "cannot fork";
}

void Child::await_ready(std::int64_t deadline, const std::function<void()>& meanwhile) {
    while (problem_.empty()) {
        if (read_line(ready_line_, 1) && ready_line_.rfind("ready", 0) == 0) return;
        if (is_at_end_ || now_ns() > deadline) problem_ = "is not ready; it wrote: " + end_of(errors_);
        meanwhile();
    }
}

Child::~Child() {
    stop();
    if (output_ >= 0) ::close(output_);
}

bool Child::read_line(std::string& line, int timeout_ms) {
    pollfd waiting{output_, POLLIN, 0};
    if (!is_at_end_ && ::poll(&waiting, 1, timeout_ms) > 0) {
        char bytes[512];
        const ssize_t got = ::read(output_, bytes, sizeof bytes);
        if (got > 0)
            buffer_.append(bytes, static_cast<std::size_t>(got));
        else
            is_at_end_ = true;
    }
    const std::size_t end = buffer_.find('\n');
    if (end == std::string::npos) return false;
    line = buffer_.substr(0, end);
    buffer_.erase(0, end + 1);
    return true;
}

std::uint64_t Child::number_after(std::string_view word) const {
    const std::size_t at = ready_line_.find(word);
    if (at == std::string::npos) return 0;
    return std::strtoull(ready_line_.c_str() + at + word.size(), nullptr, 10);
}

std::int64_t Child::cpu_ns() const {
    clockid_t clock{};
    timespec used{};
    if (pid_ <= 0 || clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &used) != 0) return 0;
    return std::int64_t{used.tv_sec} * 1'000'000'000 + used.tv_nsec;
}

std::string Child::last_words() const { return end_of(errors_); }

std::optional<std::string> Child::stop() {
    if (pid_ <= 0) return std::nullopt;
    ::kill(pid_, SIGTERM);
    const std::int64_t deadline = now_ns() + kTimeToStop;
    std::string last;
    int status = 0;
    while (::waitpid(pid_, &status, WNOHANG) == 0) {
        read_line(last, 1);
        if (now_ns() > deadline) ::kill(pid_, SIGKILL);
    }
    pid_ = -1;
    while (read_line(last, 0) || !is_at_end_) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return last;
    problem_ = (WIFSIGNALED(status) ? "ended by signal " + std::to_string(WTERMSIG(status))
                                    : "ended with status " + std::to_string(WEXITSTATUS(status))) +
               "; it wrote: " + end_of(errors_);
    return std::nullopt;
}

}  // namespace penstock::bench
