#pragma once

#include <array>
#include <memory>
#include <vector>

#include "bench/raw_relay/sync_file.hpp"
#include "bench/relay/fix_link.hpp"

namespace penstock::bench {

enum class Waiting { Epoll, Spin };

struct RelaySettings {
    std::uint16_t venue_port = 0;
    Waiting waiting = Waiting::Epoll;
    SyncFile* journal = nullptr;  // null: nothing is kept
};

/// The least a FIX hop can do: checks BodyLength and CheckSum, indexes every field, gives the message
/// its new addresses and number, seals and forwards it; one thread. With a journal, what one turn has
/// read is committed once and then forwarded.
class Relay {
  public:
    explicit Relay(const RelaySettings& settings);
    ~Relay();
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    std::uint16_t port() const { return port_of(listener_); }
    bool connect_venue();
    /// Until `stopped` or until the venue leaves. False when a message could not be forwarded.
    bool run(const volatile int& stopped);

  private:
    static constexpr std::size_t kClients = 100;  // "C00" to "C99"

    void turn(int timeout_ms);
    void accept_client();
    void read(FixLink& link);
    void forward(const FieldIndex& message, FixLink* to, std::int64_t now);

    RelaySettings settings_;
    int listener_;
    int epoll_;
    std::vector<std::unique_ptr<FixLink>> links_;  // by place of acceptance
    std::array<FixLink*, kClients> clients_{};     // by name
    std::unique_ptr<FixLink> venue_;
    std::vector<FixLink*> to_flush_;
    bool is_over_ = false;
    bool has_failed_ = false;
};

}  // namespace penstock::bench
