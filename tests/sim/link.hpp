#pragma once

#include <array>
#include <deque>
#include <functional>
#include <string>
#include <string_view>

#include "tests/sim/session.hpp"
#include "tests/sim/surroundings.hpp"

namespace penstock::sim {

/// The network between the process and one peer: one connection at a time. Within a connection bytes keep
/// their order and may arrive in pieces, late; a cut takes the tail of both directions, from any byte on.
/// The two ends notice it at different times and write into the void until then.
class Link {
  public:
    enum class Side : std::size_t { Process = 0, Peer = 1 };

    Link(Surroundings& world, std::string name) : world_(world), name_(std::move(name)) {}

    /// Null: there is nobody.
    void attach(Side side, Session* end) { end_of(side).session = end; }
    /// Both ends are there and neither holds an old connection.
    bool can_connect() const;
    void connect();
    bool is_whole() const { return is_whole_; }
    /// False: nobody is told any more that bytes do not arrive.
    bool is_open(Side side) const { return ends_[static_cast<std::size_t>(side)].is_open; }
    /// Nothing is on its way.
    bool is_silent() const { return ends_[0].incoming.empty() && ends_[1].incoming.empty(); }
    void send(Side from, std::string_view bytes);
    void cut();
    /// The process is gone, and its end of the connection with it, at once.
    void process_died();
    const std::string& name() const { return name_; }
    /// Called when a connection has ended for both.
    std::function<void()> on_down;

  private:
    struct End {
        Session* session = nullptr;
        bool is_open = false;
        Timestamp last_arrival;            // of the bytes on their way to it
        std::deque<std::string> incoming;  // on their way
    };
    End& end_of(Side side) { return ends_[static_cast<std::size_t>(side)]; }
    static Side other(Side side) { return side == Side::Process ? Side::Peer : Side::Process; }
    void arrive(Side side, std::uint64_t connection);
    void lose_tail(Side side);
    void notice(Side side);

    Surroundings& world_;
    std::string name_;
    std::array<End, 2> ends_;
    std::uint64_t connection_ = 0;
    bool is_whole_ = false;
};

}  // namespace penstock::sim
