#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace penstock::bench {

struct Command {
    std::vector<std::string> words;  // program and arguments
    std::filesystem::path errors;    // file for what it writes to stderr
    int core = 0;
    int niceness = 0;  // 19 is the lowest priority
};

/// A system under test: a process of its own, tied to one core, killed when this one ends.
class Child {
  public:
    /// Starts it. On failure `problem` says why, here and below.
    explicit Child(const Command& command);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// Waits for its line "ready ...", doing `meanwhile` again and again: it may need an answer from us.
    void await_ready(std::int64_t deadline, const std::function<void()>& meanwhile);
    const std::string& problem() const { return problem_; }
    const std::string& ready_line() const { return ready_line_; }
    /// The number behind this word of the ready line; 0 when there is none.
    std::uint64_t number_after(std::string_view word) const;
    pid_t id() const { return pid_; }
    /// CPU time of all its threads so far.
    std::int64_t cpu_ns() const;
    /// SIGTERM, then SIGKILL after ten seconds. The last line it wrote; nothing, and a problem, when it
    /// did not end by itself with status 0.
    std::optional<std::string> stop();
    /// The last it wrote to stderr.
    std::string last_words() const;

  private:
    /// False when there is no whole line yet.
    bool read_line(std::string& line, int timeout_ms);

    std::filesystem::path errors_;
    pid_t pid_ = -1;
    int output_ = -1;
    bool is_at_end_ = false;
    std::string buffer_;
    std::string ready_line_;
    std::string problem_;
};

}  // namespace penstock::bench
