#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "oms/domain/ids.hpp"
#include "persistence/journal/background.hpp"
#include "persistence/journal/segment_journal.hpp"

namespace penstock::apps {

/// A start from a snapshot does not look at the records before it. Those in the journal's folder are looked
/// at afterwards, on a thread of its own that gives way to the order path; what is archived has its SHA-256
/// and `penstock archive verify`. Nothing is stopped for what it finds: the core's state does not come from
/// there, and what is damaged is history that has to be mended from a copy
/// (docs/runbooks/journal_damaged.md).
class JournalCheck {
  public:
    /// Says what is damaged, by file and byte, or why that cannot be told; called on the thread of this.
    using Found = std::function<void(std::string_view)>;
    /// Of the records up to `until`: those behind it the start has read.
    JournalCheck(persistence::JournalSettings journal, Seq until, Found found)
        : journal_(std::move(journal)), until_(until), found_(std::move(found)) {
        journal_.more = nullptr;  // the archive's view is the core's thread's
    }
    ~JournalCheck() { stop(); }
    JournalCheck(const JournalCheck&) = delete;
    JournalCheck& operator=(const JournalCheck&) = delete;

    void start();
    void stop();
    /// "reading", "sound", or what is wrong. Any thread.
    std::string result() const;

  private:
    void run();
    /// What is wrong; nothing when all is sound, or it was stopped.
    std::optional<persistence::JournalError> check();

    persistence::JournalSettings journal_;
    Seq until_;
    Found found_;
    persistence::Naps naps_;
    std::atomic<bool> is_stopping_ = false;
    mutable std::mutex mutex_;  // guards result_
    std::string result_ = "reading";
    std::thread thread_;
};

}  // namespace penstock::apps
