#include "tests/fix/session/our_acceptor.hpp"

#include <array>
#include <boost/asio/write.hpp>
#include <chrono>

namespace penstock::fix::test {

OurAcceptor::OurAcceptor(Version version, Lanes lanes, const Change& change) : engine_(io_, *this) {
    SessionSettings settings;
    settings.version = version;
    settings.sender_comp_id = "ISLD";
    settings.target_comp_id = "TW";
    settings.qualifier = lanes == Lanes::Both ? "both" : "slow";
    settings.reset_on_logon = true;
    settings.use_fast_lane = lanes == Lanes::Both;
    if (change) change(settings);
    session_ = &engine_.add_session(settings, *this, std::make_unique<SentInMemory>());
    ListenerSettings listener;
    PENSTOCK_ASSERT(!engine_.listen(listener), "a free loopback port is needed");
    engine_.start();
}

Timestamp OurAcceptor::now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Timestamp{std::chrono::duration_cast<std::chrono::nanoseconds>(since).count()} + ahead;
}

void OurAcceptor::on_message(FixSession& session, const AppMessage& message) {
    delivered += std::string(message.fields.msg_type()) + std::to_string(message.msg_seq_num) +
                 (message.poss_dup ? "dup " : " ");
    on_app(session, message);
}

void OurAcceptor::connect() {
    peer_.emplace(io_);
    peer_->connect({boost::asio::ip::address_v4::loopback(), engine_.ports().front()});
    peer_->non_blocking(true);
    // Without it a second small message waits for the acknowledgement of the first.
    peer_->set_option(boost::asio::ip::tcp::no_delay(true));
    peer_closed_ = false;
    turn();
}

void OurAcceptor::disconnect() {
    peer_.reset();
    peer_closed_ = true;
    turn();
}

/// Loopback delivers what was sent before the next look, so turns until nothing moves are enough.
void OurAcceptor::turn() {
    for (int quiet = 0; quiet < 3;) {
        quiet = io_.poll() > 0 ? 0 : quiet + 1;
        engine_.release(durable);
    }
}

std::string OurAcceptor::drain() {
    std::string out;
    std::array<char, 65536> piece{};
    boost::system::error_code error;
    while (!peer_closed_) {
        const std::size_t got = peer_->read_some(boost::asio::buffer(piece), error);
        out.append(piece.data(), got);
        if (error == boost::asio::error::would_block) break;
        if (error) peer_closed_ = true;
    }
    return out;
}

std::string OurAcceptor::exchange(const std::string& bytes) {
    boost::system::error_code ignored;
    boost::asio::write(*peer_, boost::asio::buffer(bytes), ignored);
    turn();
    return drain();
}

std::string OurAcceptor::wait_for_output(int seconds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    std::string out;
    while (out.empty() && !peer_closed_ && std::chrono::steady_clock::now() < deadline) {
        io_.run_one_until(deadline);
        turn();
        out = drain();
    }
    return out;
}

bool OurAcceptor::is_connected() {
    turn();
    drain();
    return !peer_closed_;
}

}  // namespace penstock::fix::test
