#include "tests/fix/session/our_initiator.hpp"

#include <array>
#include <boost/asio/write.hpp>
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

Timestamp OurInitiator::now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Timestamp{std::chrono::duration_cast<std::chrono::nanoseconds>(since).count()} + ahead;
}

void OurInitiator::on_message(FixSession&, const AppMessage& message) {
    delivered += std::string(message.fields.msg_type()) + std::to_string(message.msg_seq_num) +
                 (message.poss_dup ? "dup " : " ");
}

bool OurInitiator::on_reject(FixSession&, const AppMessage& message) {
    rejected += std::string(message.fields.find(45).value_or("?")) + " ";
    return false;
}

std::string OurInitiator::take_connection() {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    peer_.emplace(io_);
    peer_closed_ = false;
    boost::system::error_code error = boost::asio::error::would_block;
    while (error && std::chrono::steady_clock::now() < deadline) {
        io_.run_one_for(kLook);
        turn();
        venue_.accept(*peer_, error);
    }
    PENSTOCK_ASSERT(!error, "the initiator does not connect");
    peer_->non_blocking(true);
    peer_->set_option(tcp::no_delay(true));
    std::string said;
    while (said.empty() && !peer_closed_ && std::chrono::steady_clock::now() < deadline) {
        io_.run_one_for(kLook);
        turn();
        said = drain();
    }
    return said;
}

/// Loopback delivers what was sent before the next look, so turns until nothing moves are enough.
void OurInitiator::turn() {
    for (int quiet = 0; quiet < 3;) {
        quiet = io_.poll() > 0 ? 0 : quiet + 1;
        engine_.release({~std::uint64_t{0}});
    }
}

std::string OurInitiator::drain() {
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

std::string OurInitiator::exchange(const std::string& bytes) {
    boost::system::error_code ignored;
    boost::asio::write(*peer_, boost::asio::buffer(bytes), ignored);
    turn();
    return drain();
}

bool OurInitiator::is_connected() {
    turn();
    drain();
    return !peer_closed_;
}

}  // namespace penstock::fix::test
