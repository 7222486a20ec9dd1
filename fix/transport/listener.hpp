#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "fix/transport/settings.hpp"
#include "fix/transport/tls.hpp"

namespace penstock::fix {

/// Accepts connections on one address, no faster than allowed and from nobody who is not.
class Listener {
  public:
    using Socket = boost::asio::ip::tcp::socket;
    /// Takes an accepted socket, with its TLS side when the listener speaks TLS.
    using OnAccept = std::function<void(Socket, std::unique_ptr<TlsStream>)>;

    Listener(boost::asio::io_context& io, const ListenerSettings& settings);
    /// Before open().
    void on_accept(OnAccept on_accept) { on_accept_ = std::move(on_accept); }
    /// Binds and begins to accept. Nothing when it worked, else what is wrong.
    std::optional<std::string> open();
    void close();
    std::uint16_t port() const;
    const ListenerSettings& settings() const { return settings_; }

  private:
    void accept();
    void on_accepted(Socket socket);
    bool is_allowed(const Socket& socket) const;

    ListenerSettings settings_;
    OnAccept on_accept_;
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer pause_;
    std::shared_ptr<TlsContext> tls_;
    std::chrono::steady_clock::time_point second_started_;
    std::size_t accepted_in_second_ = 0;
};

}  // namespace penstock::fix
