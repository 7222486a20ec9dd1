#include "tests/fix/session/our_acceptor.hpp"

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

void OurAcceptor::on_message(FixSession& session, const AppMessage& message) {
    delivered += told(message);
    on_app(session, message);
}

void OurAcceptor::connect() {
    peer_.renew(io_).connect({boost::asio::ip::address_v4::loopback(), engine_.ports().front()});
    peer_.begin();
    turn();
}

void OurAcceptor::disconnect() {
    peer_.end();
    turn();
}

void OurAcceptor::turn() { test::turn(io_, engine_, durable); }

std::string OurAcceptor::exchange(const std::string& bytes) {
    peer_.write(bytes);
    turn();
    return peer_.read();
}

std::string OurAcceptor::wait_for_output(int seconds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    std::string out;
    while (out.empty() && !peer_.is_closed() && std::chrono::steady_clock::now() < deadline) {
        io_.run_one_until(deadline);
        turn();
        out = peer_.read();
    }
    return out;
}

bool OurAcceptor::is_connected() {
    turn();
    peer_.read();
    return !peer_.is_closed();
}

}  // namespace penstock::fix::test
