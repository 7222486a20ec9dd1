#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "fix/session/door.hpp"

namespace penstock::apps {

/// FIX session logs in QuickFIX's file layout (`FIX.4.4-PENSTOCK-CLIENT.messages.current.log` and
/// `.event.current.log`), so the tools people have for those work. The session's thread only copies a
/// line into a ring; a thread of our own redacts, formats and writes every 50 ms. Nobody is woken for a
/// line. At the bound (kRingBytes unwritten) lines are dropped, and the event log says how many.
class FixLogFiles {
  public:
    static constexpr std::size_t kRingBytes = std::size_t{8} << 20U;

    enum class Messages { Written, LeftOut };
    explicit FixLogFiles(const std::filesystem::path& directory, Messages messages = Messages::Written);
    ~FixLogFiles();  // writes what is left
    FixLogFiles(const FixLogFiles&) = delete;
    FixLogFiles& operator=(const FixLogFiles&) = delete;

    /// For doors. One thread may call what this returns.
    fix::SessionLog writer();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

/// Appends the message with the values of 554, 925 and 96 replaced by "***": passwords never reach a log.
void append_redacted(std::string& out, std::string_view message);

}  // namespace penstock::apps
