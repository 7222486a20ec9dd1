#include "fix/transport/listener.hpp"

#include <algorithm>

namespace penstock::fix {

using boost::asio::ip::tcp;

Listener::Listener(boost::asio::io_context& io, const ListenerSettings& settings)
    : settings_(settings), acceptor_(io), pause_(io) {}

std::optional<std::string> Listener::open() {
    const std::string where = settings_.host + ":" + std::to_string(settings_.port);
    if (settings_.tls.enabled) {
        std::string error;
        tls_ = TlsContext::load(settings_.tls, TlsContext::Side::Server, error);
        if (!tls_) return "cannot listen on " + where + ": " + error;
    }
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(settings_.host, error);
    if (error) return "cannot listen on " + where + ": the host must be an IP address such as 127.0.0.1";
    const tcp::endpoint endpoint(address, settings_.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(boost::asio::socket_base::max_listen_connections, error);
    if (error) return "cannot listen on " + where + ": " + error.message();
    accept();
    return std::nullopt;
}

void Listener::close() {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
}

std::uint16_t Listener::port() const {
    boost::system::error_code ignored;
    return acceptor_.local_endpoint(ignored).port();
}

void Listener::accept() {
    acceptor_.async_accept([this](const boost::system::error_code& error, Socket socket) {
        if (error == boost::asio::error::operation_aborted) return;
        if (!error) on_accepted(std::move(socket));
        if (!acceptor_.is_open()) return;
        const auto now = std::chrono::steady_clock::now();
        if (now - second_started_ >= std::chrono::seconds(1)) {
            second_started_ = now;
            accepted_in_second_ = 0;
        }
        // Out of descriptors, or over the rate: the rest waits in the kernel's queue.
        if (error || ++accepted_in_second_ >= settings_.max_accepts_per_second) {
            pause_.expires_after(std::chrono::milliseconds(100));
            pause_.async_wait([this](const boost::system::error_code& stopped) {
                if (!stopped) accept();
            });
            return;
        }
        accept();
    });
}

bool Listener::is_allowed(const Socket& socket) const {
    if (settings_.allowed_addresses.empty()) return true;
    boost::system::error_code error;
    const std::string peer = socket.remote_endpoint(error).address().to_string();
    return !error && std::find(settings_.allowed_addresses.begin(), settings_.allowed_addresses.end(),
                               peer) != settings_.allowed_addresses.end();
}

void Listener::on_accepted(Socket socket) {
    if (!is_allowed(socket)) return;  // closed by going out of scope
    on_accept_(std::move(socket), tls_ ? std::make_unique<TlsStream>(tls_, "") : nullptr);
}

}  // namespace penstock::fix
