#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>

#include "fix/session/settings.hpp"
#include "fix/transport/tls.hpp"

namespace penstock::fix {

/// Keeps trying to connect one initiator: waits double up to the configured most, each shortened by a
/// random part so that many sessions do not return at the same moment.
class Connector {
  public:
    using Socket = boost::asio::ip::tcp::socket;
    using OnConnect = std::function<void(Socket, std::unique_ptr<TlsStream>)>;
    using OnError = std::function<void(const std::string&)>;

    Connector(boost::asio::io_context& io, const SessionSettings& settings, OnConnect on_connect,
              OnError on_error);
    void start();
    /// The connection was lost: try again after the wait.
    void retry();
    /// The session is logged on: the next wait is the first again.
    void settled() { wait_ = settings_.reconnect_interval; }
    void stop();

  private:
    void connect();
    void on_connected(const boost::system::error_code& error);

    boost::asio::io_context& io_;
    SessionSettings settings_;
    OnConnect on_connect_;
    OnError on_error_;
    boost::asio::ip::tcp::resolver resolver_;
    boost::asio::steady_timer timer_;
    Socket socket_;
    std::shared_ptr<TlsContext> tls_;
    Duration wait_;
    bool is_stopped_ = false;
};

}  // namespace penstock::fix
