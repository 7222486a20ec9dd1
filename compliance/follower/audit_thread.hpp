#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "compliance/follower/follower.hpp"
#include "compliance/follower/key_change.hpp"
#include "compliance/follower/settings.hpp"
#include "persistence/journal/background.hpp"

namespace penstock::compliance {

/// The audit of a running penstockd on a thread of its own, at the lowest priority and with naps: follows the
/// journal, and is never waited for by the order path. All but the thread's own work is called by the core's
/// thread.
class AuditThread {
  public:
    /// What is needed to sign: the settings with their keys read.
    struct Keys {
        SignerKey signer;
        std::optional<SignerKey> previous;
    };
    AuditThread(std::filesystem::path folder, const AuditSettings& settings, Keys keys,
                persistence::JournalSettings journal, Say say);
    ~AuditThread();

    /// Opens the audit, on the caller's thread. What is wrong, for operators.
    std::optional<std::string> open() { return follower_.open(); }
    /// After open(): this must become a record.
    std::optional<oms::AuditKeyChanged> key_change() const;
    void start();
    /// A checkpoint as soon as what is durable now is below the watermark, for moments that must be on record
    /// at once, such as a kill switch. Does not wait.
    void checkpoint_soon();
    /// After the journal was closed: appends the rest, publishes, and asks the witnesses once more.
    void stop();

  private:
    void run();
    void nap();

    Duration poll_;
    DiskFiles files_;
    Keys keys_;
    Follower follower_;
    persistence::Naps naps_;
    std::mutex mutex_;  // guards publish_now_, and goes with wake_
    std::atomic<bool> stop_ = false;
    int publish_now_ = 0;  // turns that publish, whatever is due
    std::condition_variable wake_;
    std::thread thread_;
};

}  // namespace penstock::compliance
