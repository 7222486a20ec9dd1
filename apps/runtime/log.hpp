#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

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

}  // namespace penstock::apps
