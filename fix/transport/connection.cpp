#include "fix/transport/connection.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include "fix/codec/frame.hpp"

namespace penstock::fix {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;

}  // namespace

Connection::Connection(Socket socket, const ConnectionLimits& limits, std::unique_ptr<TlsStream> tls,
                       ReleaseList& to_release)
    : socket_(std::move(socket)), limits_(limits), tls_(std::move(tls)), to_release_(to_release) {
    boost::system::error_code ignored;
    socket_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
    const auto peer = socket_.remote_endpoint(ignored);
    peer_address_ = peer.address().to_string(ignored);
}

std::string Connection::peer_address() const { return peer_address_; }

std::optional<std::string> Connection::peer_common_name() const {
    return tls_ ? tls_->peer_common_name() : std::nullopt;
}

void Connection::start(bool connecting) {
    if (tls_ && connecting) {
        tls_->start(cipher_out_);
        write_out();
    }
    read();
}

void Connection::read() {
    is_reading_ = true;
    // Before the logon the bound is small, and so is what thousands of idle connections cost.
    read_buffer_.resize(std::min(kReadBytes, limits_.max_message_bytes));
    socket_.async_read_some(
        boost::asio::buffer(read_buffer_),
        [self = shared_from_this()](const boost::system::error_code& error, std::size_t count) {
            if (error)
                return self->shut(error == boost::asio::error::eof ? "the peer closed" : error.message());
            self->on_read(count);
        });
}

void Connection::on_read(std::size_t count) {
    is_reading_ = false;
    if (closing_) return;
    const std::string_view received(read_buffer_.data(), count);
    if (tls_) {
        std::string error;
        const bool alive = tls_->receive(received, in_, cipher_out_, error);
        write_out();
        cut_frames();
        if (!alive) return shut(std::move(error));
    } else {
        in_.append(received);
        cut_frames();
    }
    read_on();
}

void Connection::read_on() {
    const bool is_full = is_held_ && in_.size() >= limits_.max_message_bytes;
    if (is_open() && !is_reading_ && !is_full) read();
}

void Connection::resume() {
    is_held_ = false;
    cut_frames();
    read_on();
}

void Connection::cut_frames() {
    std::size_t at = 0;
    while (is_open() && !is_held_) {
        const FrameScan scan = scan_frame(std::string_view(in_).substr(at), limits_.max_message_bytes);
        at += scan.skip;
        if (scan.kind == FrameScan::Kind::TooLarge) return shut("a message is larger than allowed");
        if (scan.kind == FrameScan::Kind::NeedMore) break;
        if (scan.kind == FrameScan::Kind::Discard) continue;
        user_->on_frame(*this, std::string_view(in_).substr(at, scan.size));
        at += scan.size;
    }
    in_.erase(0, at);
}

std::string_view Connection::cut(std::string_view bytes) {
    if (is_cut_) return {};
    if (!cut_after_) return bytes;
    is_cut_ = closing_ = true;
    close_reason_ = "cut by the venue's script";
    return bytes.substr(0, *cut_after_);
}

void Connection::push(std::string_view bytes, Seq hold) {
    out_.push(cut(bytes), hold);
    ask_for_release();
}

void Connection::push_unsettled(std::string_view bytes) {
    out_.push_unsettled(cut(bytes));
    ask_for_release();
}

void Connection::expect_resend(std::size_t bytes) {
    if (queued() <= limits_.max_send_queue_bytes) resend_bytes_ = bytes;
}

void Connection::ask_for_release() {
    if (is_listed_) return;
    is_listed_ = true;
    to_release_.push_back(shared_from_this());
}

bool Connection::release(Seq durable) {
    send_released(durable);
    is_listed_ = socket_.is_open() && !out_.is_all_released();
    return is_listed_;
}

void Connection::send_released(Seq durable) {
    if (!socket_.is_open()) return;
    const std::string_view ready = out_.ready(durable);
    if (!ready.empty() && tls_) {
        tls_->send(ready, cipher_out_);
        out_.consume(ready.size());
    }
    write_out();
    if (closing_) return finish_closing();
    // A reader that stops costs bounded memory: it is cut off and recovers by ResendRequest.
    resend_bytes_ = std::min(resend_bytes_, queued());
    if (queued() > limits_.max_send_queue_bytes + resend_bytes_) shut("the peer reads too slowly");
}

void Connection::write_out() {
    if (is_writing_ || !socket_.is_open()) return;
    for (;;) {
        const std::string_view bytes = tls_ ? std::string_view(cipher_out_) : out_.ready({});
        if (bytes.empty()) return;
        boost::system::error_code error;
        const std::size_t sent = socket_.write_some(boost::asio::buffer(bytes.data(), bytes.size()), error);
        if (tls_)
            cipher_out_.erase(0, sent);
        else
            out_.consume(sent);
        if (error == boost::asio::error::would_block) {
            is_writing_ = true;
            socket_.async_wait(
                Socket::wait_write, [self = shared_from_this()](const boost::system::error_code& failed) {
                    self->is_writing_ = false;
                    if (!failed) self->write_out();
                });
            return;
        }
        if (error) return shut(error.message());
    }
}

void Connection::close(std::string_view why) {
    if (!is_open()) return;
    closing_ = true;
    close_reason_ = why;
    finish_closing();
}

void Connection::finish_closing() {
    // A last Logout still waits for its record, or for the kernel; a peer that does not take it in
    // one write is not waited for.
    const bool waits_for_record = out_.size() > 0 && !is_writing_;
    if (closing_ && !waits_for_record) shut(close_reason_);
}

void Connection::shut(std::string why) {
    if (reported_) return;
    reported_ = true;
    closing_ = true;
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    socket_.close(ignored);
    boost::asio::post(socket_.get_executor(), [self = shared_from_this(), why = std::move(why)] {
        if (self->user_ != nullptr) self->user_->on_closed(*self, why);
    });
}

}  // namespace penstock::fix
