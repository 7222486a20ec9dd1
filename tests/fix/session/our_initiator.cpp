#include "tests/fix/session/our_initiator.hpp"

#include <chrono>

namespace penstock::fix::test {
namespace {

using boost::asio::ip::tcp;

constexpr auto kPatience = std::chrono::seconds(20);
constexpr auto kLook = std::chrono::milliseconds(5);

}  // namespace

OurInitiator::OurInitiator(const Change& change)
    : venue_(io_, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)), engine_(io_, *this) {
    SessionSettings settings;
    settings.sender_comp_id = "ISLD";
    settings.target_comp_id = "TW";
    settings.qualifier = "initiator";
    settings.is_initiator = true;
    settings.host = "127.0.0.1";
    settings.port = venue_.local_endpoint().port();
    settings.reconnect_interval = settings.max_reconnect_interval = Duration{1'000'000};
    if (change) change(settings);
    session_ = &engine_.add_session(settings, *this, std::make_unique<SentInMemory>());
    venue_.non_blocking(true);
    engine_.start();
}

void OurInitiator::on_message(FixSession&, const AppMessage& message) { delivered += told(message); }

bool OurInitiator::on_reject(FixSession&, const AppMessage& message) {
    rejected += std::string(message.fields.find(45).value_or("?")) + " ";
    return false;
}

std::string OurInitiator::take_connection() {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    tcp::socket& accepted = peer_.renew(io_);
    boost::system::error_code error = boost::asio::error::would_block;
    while (error && std::chrono::steady_clock::now() < deadline) {
        io_.run_one_for(kLook);
        turn();
        venue_.accept(accepted, error);
    }
    PENSTOCK_ASSERT(!error, "the initiator does not connect");
    peer_.begin();
    std::string said;
    while (said.empty() && !peer_.is_closed() && std::chrono::steady_clock::now() < deadline) {
        io_.run_one_for(kLook);
        turn();
        said = peer_.read();
    }
    return said;
}

void OurInitiator::turn() { test::turn(io_, engine_, {~std::uint64_t{0}}); }

std::string OurInitiator::exchange(const std::string& bytes) {
    peer_.write(bytes);
    turn();
    return peer_.read();
}

bool OurInitiator::is_connected() {
    turn();
    peer_.read();
    return !peer_.is_closed();
}

}  // namespace penstock::fix::test
