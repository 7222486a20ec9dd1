#include "compliance/follower/audit_thread.hpp"

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
                 keys_.signer, keys_.previous, settings.checkpoint_interval, [this] { nap(); }},
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
}

void AuditThread::nap() {
    if (!stop_) naps_.take();
}

void AuditThread::run() {
    persistence::give_way(persistence::Share::Least);
    bool stops = false;
    while (!stops) {
        bool publishes = false;
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, std::chrono::nanoseconds(poll_.ns), [this] { return stop_.load(); });
            stops = stop_;
            publishes = stops || publish_now_ > 0;
            if (publish_now_ > 0) --publish_now_;
        }
        naps_.begin();
        follower_.turn(steady_now(), publishes ? Follower::Publish::Now : Follower::Publish::WhenDue);
    }
}

}  // namespace penstock::compliance
