#include "compliance/follower/audit_thread.hpp"

#include <sched.h>

#include <chrono>

#include "oms/domain/assert.hpp"

namespace penstock::compliance {
namespace {

using Clock = std::chrono::steady_clock;

// The watermark moves within one turn: two turns see everything that was durable when they were asked for.
constexpr int kTurnsToPublish = 2;

Timestamp steady_now() {
    return Timestamp{
        std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch()).count()};
}

/// Whoever wakes up is to take the core from this thread at once; from one that is only nice it may wait
/// until the slice is over. Best effort.
void yield_to_everybody() {
    const sched_param none{};
    static_cast<void>(::sched_setscheduler(0, SCHED_IDLE, &none));
}

std::vector<WitnessClient> clients_of(const AuditSettings& settings, const Say& say) {
    std::vector<WitnessClient> clients;
    for (const WitnessSettings& witness : settings.witnesses) {
        const auto url = parse_http_url(witness.url);
        const auto key = parse_vkey(witness.vkey);
        PENSTOCK_ASSERT(url && key, "the configuration let a witness through that is none");
        clients.emplace_back(
            *key, [url = *url](std::string_view body) { return http_post(url, "/add-checkpoint", body); },
            say);
    }
    return clients;
}

}  // namespace

AuditThread::AuditThread(std::filesystem::path folder, const AuditSettings& settings, Keys keys,
                         persistence::JournalSettings journal, Say say)
    : poll_(journal.watermark_interval),
      files_(std::move(folder)),
      keys_(std::move(keys)),
      follower_(files_,
                {std::move(journal), settings.origin.empty() ? keys_.signer.name : settings.origin,
                 keys_.signer, keys_.previous, settings.checkpoint_interval, [this] { return may_go_on(); }},
                clients_of(settings, say), say) {}

AuditThread::~AuditThread() { stop(); }

std::optional<oms::AuditKeyChanged> AuditThread::key_change() const {
    if (!follower_.wants_key_change() || !keys_.previous) return std::nullopt;
    return change_key(*keys_.previous, keys_.signer);
}

void AuditThread::start() {
    thread_ = std::thread([this] { run(); });
}

void AuditThread::checkpoint_soon() {
    {
        const std::lock_guard lock(mutex_);
        publish_now_ = kTurnsToPublish;
    }
    wake_.notify_one();
}

void AuditThread::stop() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    wake_.notify_one();
    thread_.join();
    is_last_ = true;
    follower_.turn(steady_now(), Follower::Publish::Now);
}

/// The order path's thread yields while it looks for work. Whoever has the core then may keep it for the
/// kernel's tick, 4 ms in many, unless it gives it back; a record takes some microseconds.
bool AuditThread::may_go_on() const {
    if (is_last_) return true;
    ::sched_yield();
    return !stop_.load(std::memory_order_relaxed);
}

void AuditThread::run() {
    yield_to_everybody();
    while (true) {
        bool publishes = false;
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, std::chrono::nanoseconds(poll_.ns), [this] { return stop_.load(); });
            if (stop_) return;
            publishes = publish_now_ > 0;
            if (publishes) --publish_now_;
        }
        follower_.turn(steady_now(), publishes ? Follower::Publish::Now : Follower::Publish::WhenDue);
    }
}

}  // namespace penstock::compliance
