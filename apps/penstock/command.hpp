#pragma once

#include <functional>
#include <string>

#include "apps/command_line/command_line.hpp"

namespace penstock::apps {

/// Exit codes of every command.
inline constexpr int kExitDone = 0;
inline constexpr int kExitNo = 1;      // it was done, and the answer is no: damaged, different, refused
inline constexpr int kExitCannot = 2;  // the command line is wrong, or something cannot be read or written

/// Describes a command and its options to `app`; when the command line asks for it, `run` is called once, and
/// what it returns is the exit code. A command is a file pair, and a line in main.cpp.
class Commands {
  public:
    explicit Commands(Command app) : app_(app) {}
    Command app() const { return app_; }
    /// `run` is called when `command`, a subcommand of app() or of one of its own, was on the command line.
    void on(Command command, std::function<int()> run);
    int exit_code() const { return exit_code_; }

  private:
    Command app_;
    int exit_code_ = kExitCannot;
};

/// Says why on stderr: "penstock: ...". Returns kExitCannot.
int cannot(const std::string& why);

}  // namespace penstock::apps
