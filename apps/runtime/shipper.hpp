#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "apps/runtime/archiving.hpp"
#include "persistence/archive/shipping.hpp"

namespace penstock::apps {

/// Ships the journal's tail and the newest snapshot to `[storage] ship`, every ship_interval, on a thread of
/// the lowest priority. A failure is told once, tried again each time, and never holds up anybody.
class Shipper {
  public:
    Shipper(StoragePlaces places, Note note) : places_(std::move(places)), note_(std::move(note)) {}
    ~Shipper() { stop(); }
    Shipper(const Shipper&) = delete;
    Shipper& operator=(const Shipper&) = delete;

    void start();
    /// Ships once more and ends.
    void stop();

  private:
    void run();
    void ship();

    StoragePlaces places_;
    Note note_;
    persistence::ProvenCopy proven_;
    std::string last_failure_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool is_stopping_ = false;
    std::thread thread_;
};

}  // namespace penstock::apps
