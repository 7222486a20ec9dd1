#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "fix/session/door.hpp"

namespace penstock::apps {

/// The façade over the logging library. Asynchronous: a full queue drops lines and counts them, and
/// never holds up an order. For operators: an id, what, why, the next step.
class Log {
  public:
    /// Lines go to stderr, and to `file` when it is not empty.
    explicit Log(const std::filesystem::path& file);
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    void info(std::string_view line);
    void warn(std::string_view line);
    void error(std::string_view line);
    void flush();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// FIX session logs in QuickFIX's file layout (`FIX.4.4-PENSTOCK-CLIENT.messages.current.log`), so the
/// tools people have for those work. Asynchronous as above. Passwords (554, 925, 96) are blanked.
class FixLogFiles {
  public:
    explicit FixLogFiles(const std::filesystem::path& directory);
    ~FixLogFiles();
    FixLogFiles(const FixLogFiles&) = delete;
    FixLogFiles& operator=(const FixLogFiles&) = delete;

    fix::SessionLog writer();
    void flush();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

/// The message with the values of 554, 925 and 96 replaced by "***".
std::string redacted(std::string_view message);

}  // namespace penstock::apps
