#include "apps/runtime/shipper.hpp"

#include <chrono>

#include "persistence/journal/background.hpp"

namespace penstock::apps {

void Shipper::start() {
    if (places_.storage.ship.empty()) return;
    // Its own view of the archive: that of the core's thread is not shared.
    places_.journal.more = open_archive(places_.storage.archive, note_);
    thread_ = std::thread([this] { run(); });
}

void Shipper::stop() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
    ship();
}

void Shipper::run() {
    persistence::give_way(persistence::Share::Least);
    const std::chrono::nanoseconds interval(places_.storage.ship_interval.ns);
    std::unique_lock lock(mutex_);
    while (!is_stopping_) {
        lock.unlock();
        ship();
        lock.lock();
        wake_.wait_for(lock, interval, [this] { return is_stopping_; });
    }
}

void Shipper::ship() {
    auto failure =
        persistence::ship_journal(places_.journal, places_.storage.ship / "journal", proven_).failure;
    if (!failure)
        failure = persistence::ship_snapshot(places_.state / "snapshots", places_.storage.ship / "snapshots");
    if (failure && *failure != last_failure_)
        note_("the journal is not copied to [storage] ship: " + *failure);
    if (!failure && !last_failure_.empty()) note_("the journal is copied to [storage] ship again");
    last_failure_ = failure.value_or("");
}

}  // namespace penstock::apps
