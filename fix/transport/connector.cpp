#include "fix/transport/connector.hpp"

#include <boost/asio/connect.hpp>
#include <random>

namespace penstock::fix {

using boost::asio::ip::tcp;

Connector::Connector(boost::asio::io_context& io, const SessionSettings& settings, OnConnect on_connect,
                     OnError on_error)
    : io_(io),
      settings_(settings),
      on_connect_(std::move(on_connect)),
      on_error_(std::move(on_error)),
      resolver_(io),
      timer_(io),
      socket_(io),
      wait_(settings.reconnect_interval) {}

void Connector::start() {
    if (settings_.tls.enabled) {
        std::string error;
        tls_ = TlsContext::load(settings_.tls, TlsContext::Side::Client, error);
        if (!tls_) return on_error_(error);
    }
    connect();
}

void Connector::stop() {
    is_stopped_ = true;
    boost::system::error_code ignored;
    resolver_.cancel();
    timer_.cancel();
    socket_.close(ignored);
}

void Connector::connect() {
    resolver_.async_resolve(
        settings_.host, std::to_string(settings_.port),
        [this](const boost::system::error_code& error, const tcp::resolver::results_type& found) {
            if (is_stopped_) return;
            if (error) return on_connected(error);
            socket_ = Socket(io_);
            boost::asio::async_connect(
                socket_, found, [this](const boost::system::error_code& failed, const tcp::endpoint&) {
                    if (!is_stopped_) on_connected(failed);
                });
        });
}

void Connector::on_connected(const boost::system::error_code& error) {
    if (error) {
        on_error_("cannot connect to " + settings_.host + ":" + std::to_string(settings_.port) + ": " +
                  error.message());
        return retry();
    }
    const std::string& name = settings_.tls.server_name.empty() ? settings_.host : settings_.tls.server_name;
    on_connect_(std::move(socket_), tls_ ? std::make_unique<TlsStream>(tls_, name) : nullptr);
}

void Connector::retry() {
    if (is_stopped_) return;
    thread_local std::minstd_rand random{std::random_device{}()};
    const std::int64_t part = std::uniform_int_distribution<std::int64_t>(wait_.ns / 2, wait_.ns)(random);
    timer_.expires_after(std::chrono::nanoseconds(part));
    timer_.async_wait([this](const boost::system::error_code& stopped) {
        if (!stopped && !is_stopped_) connect();
    });
    wait_.ns = std::min(wait_.ns * 2, settings_.max_reconnect_interval.ns);
}

}  // namespace penstock::fix
