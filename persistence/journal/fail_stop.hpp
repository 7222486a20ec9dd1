#pragma once

#include <atomic>
#include <string>
#include <string_view>

#include "persistence/journal/settings.hpp"

namespace penstock::persistence {

/// The one way out when the disk fails. Any thread; acts on the first call only.
class FailStop {
  public:
    explicit FailStop(const JournalSettings& settings) : settings_(settings) {}
    /// "<path>: cannot <what>: <errno text>. ..." Does not return unless the settings say so.
    void disk_failed(const std::string& path, std::string_view what, int error);
    bool failed() const { return failed_.load(); }

  private:
    const JournalSettings& settings_;
    std::atomic<bool> failed_ = false;
};

}  // namespace penstock::persistence
