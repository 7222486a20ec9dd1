#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "apps/runtime/archiving.hpp"

namespace penstock::apps {

/// A start from a snapshot does not look at the records before it. They are looked at afterwards: every byte
/// of the journal and of its archive, on a thread of its own that gives way to the order path. Nothing is
/// stopped for what it finds: the core's state does not come from there, and what is damaged is history that
/// has to be mended from a copy (docs/runbooks/journal_damaged.md).
class JournalCheck {
  public:
    /// Says what is damaged, by file and byte; called on the thread of this.
    using Found = std::function<void(std::string_view)>;
    JournalCheck(StoragePlaces places, Found found) : places_(std::move(places)), found_(std::move(found)) {}
    ~JournalCheck() { stop(); }
    JournalCheck(const JournalCheck&) = delete;
    JournalCheck& operator=(const JournalCheck&) = delete;

    void start();
    void stop();
    /// "reading", "sound", or what is damaged. Any thread.
    std::string result() const;

  private:
    /// What is damaged; nothing when all is sound, or it was stopped.
    std::optional<std::string> check();
    bool goes_on();
    void set(std::string result);

    StoragePlaces places_;
    Found found_;
    std::atomic<bool> is_stopping_ = false;
    std::chrono::steady_clock::time_point awake_since_;
    mutable std::mutex mutex_;  // guards result_
    std::string result_ = "reading";
    std::thread thread_;
};

}  // namespace penstock::apps
