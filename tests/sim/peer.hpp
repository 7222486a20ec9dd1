#pragma once

#include <memory>

#include "tests/sim/link.hpp"

namespace penstock::sim {

/// Who stands at the other end of one of the process's sessions.
class Peer {
  public:
    virtual ~Peer() = default;
    virtual void on_message(const fix::MessageIndex& message) = 0;
    virtual void on_state(bool is_up) = 0;
    virtual bool may_resend(std::string_view msg_type) = 0;
};

/// A peer's end of a session: remembers everything it sent, and never dies.
class PeerSession final : public Session {
  public:
    PeerSession(Surroundings& world, Link& link, Peer& peer, const fix::SessionSettings& settings)
        : Session(settings, std::make_unique<fix::SentInMemory>()), world_(world), link_(link), peer_(peer) {
        link.attach(Link::Side::Peer, this);
    }

  private:
    // A peer's clock is right.
    Timestamp time() override { return world_.agenda.now(); }
    void write(std::string_view message, Seq) override { link_.send(Link::Side::Peer, message); }
    void deliver(const fix::MessageIndex& message, std::uint32_t) override { peer_.on_message(message); }
    void state_changed(bool is_up) override { peer_.on_state(is_up); }
    bool may_resend(std::string_view msg_type) override { return peer_.may_resend(msg_type); }

    Surroundings& world_;
    Link& link_;
    Peer& peer_;
};

}  // namespace penstock::sim
