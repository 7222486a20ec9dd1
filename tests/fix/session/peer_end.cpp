#include "tests/fix/session/peer_end.hpp"

#include <array>
#include <boost/asio/write.hpp>
#include <chrono>

namespace penstock::fix::test {

void PeerEnd::begin() {
    socket_->non_blocking(true);
    // Without it a second small message waits for the acknowledgement of the first.
    socket_->set_option(boost::asio::ip::tcp::no_delay(true));
    is_closed_ = false;
}

void PeerEnd::end() {
    socket_.reset();
    is_closed_ = true;
}

void PeerEnd::write(const std::string& bytes) {
    boost::system::error_code ignored;
    boost::asio::write(*socket_, boost::asio::buffer(bytes), ignored);
}

std::string PeerEnd::read() {
    std::string out;
    std::array<char, 65536> piece{};
    boost::system::error_code error;
    while (!is_closed_) {
        const std::size_t got = socket_->read_some(boost::asio::buffer(piece), error);
        out.append(piece.data(), got);
        if (error == boost::asio::error::would_block) break;
        if (error) is_closed_ = true;
    }
    return out;
}

void turn(boost::asio::io_context& io, FixEngine& engine, Seq durable) {
    for (int quiet = 0; quiet < 3;) {
        quiet = io.poll() > 0 ? 0 : quiet + 1;
        engine.release(durable);
    }
}

Timestamp real_time(Duration ahead) {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Timestamp{std::chrono::duration_cast<std::chrono::nanoseconds>(since).count()} + ahead;
}

std::string told(const AppMessage& message) {
    return std::string(message.fields.msg_type()) + std::to_string(message.msg_seq_num) +
           (message.poss_dup ? "dup " : " ");
}

}  // namespace penstock::fix::test
