#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <optional>
#include <string>

#include "fix/session/engine.hpp"

namespace penstock::fix::test {

/// The peer's end of a connection to a session of ours, in the same thread.
class PeerEnd {
  public:
    /// A new socket, to be connected or accepted into, then `begin`.
    boost::asio::ip::tcp::socket& renew(boost::asio::io_context& io) { return socket_.emplace(io); }
    void begin();
    void end();
    bool is_closed() const { return is_closed_; }
    void write(const std::string& bytes);
    /// Everything that has come by now.
    std::string read();

  private:
    std::optional<boost::asio::ip::tcp::socket> socket_;
    bool is_closed_ = true;
};

/// Handles what the peer has sent. Loopback delivers it before the next look, so turns until nothing moves
/// are enough.
void turn(boost::asio::io_context& io, FixEngine& engine, Seq durable);

/// The real time, and so much more.
Timestamp real_time(Duration ahead);

/// "D7 ", "D7dup " when it is a possible duplicate.
std::string told(const AppMessage& message);

}  // namespace penstock::fix::test
