#include "bench/relay/fix_link.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "bench/support/clock.hpp"

namespace penstock::bench {
namespace {

constexpr std::size_t kReceiveBuffer = std::size_t{256} << 10U;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int set_up(int fd) {
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    return fd;
}

bool is_session_message(char type) { return type == 'A' || ('0' <= type && type <= '5' && type != '3'); }

}  // namespace

FixLink::FixLink(int fd, std::string sender, std::string target)
    : fd_(fd), sender_(std::move(sender)), in_(kReceiveBuffer) {
    out_.reserve(kReceiveBuffer);
    address(std::move(target));
}

FixLink::~FixLink() { ::close(fd_); }

void FixLink::address(std::string target) {
    target_ = std::move(target);
    addresses_ = "49=" + sender_ + kSoh + "56=" + target_ + kSoh;
}

void FixLink::fail(std::string why) {
    if (failure_.empty()) failure_ = sender_ + "->" + target_ + ": " + std::move(why);
    is_logged_on_ = false;
}

void FixLink::log_on(std::int64_t now) {
    Composer& out = start("A", now);
    out.add(
        "98=0\x01"
        "108=30\x01");
    finish();
    sent_logon_ = true;
}

bool FixLink::receive() {
    if (in_begin_ > 0) {
        std::memmove(in_.data(), in_.data() + in_begin_, in_end_ - in_begin_);
        in_end_ -= in_begin_;
        in_begin_ = 0;
    }
    const ssize_t got = ::recv(fd_, in_.data() + in_end_, in_.size() - in_end_, 0);
    if (got > 0) {
        in_end_ += static_cast<std::size_t>(got);
        return true;
    }
    if (got == 0) fail("the peer closed the connection");
    if (got < 0 && errno != EAGAIN && errno != EINTR) fail(std::strerror(errno));
    return false;
}

const FieldIndex* FixLink::next(std::int64_t now) {
    while (failure_.empty()) {
        const std::string_view waiting(in_.data() + in_begin_, in_end_ - in_begin_);
        const std::size_t size = frame_size(waiting);
        if (size == 0) return nullptr;
        if (size == kBrokenFrame || !index_.parse(waiting.substr(0, size))) {
            fail("sent what is no sound FIX 4.4 message");
            return nullptr;
        }
        in_begin_ += size;
        const std::uint32_t number = number_of(index_.find(34));
        if (number != next_in_ && index_.msg_type() != '4') {
            fail("sent MsgSeqNum " + std::to_string(number) + ", expected " + std::to_string(next_in_));
            return nullptr;
        }
        next_in_ = number + 1;
        if (!is_session_message(index_.msg_type())) return &index_;
        answer(index_, now);
    }
    return nullptr;
}

void FixLink::answer(const FieldIndex& message, std::int64_t now) {
    switch (message.msg_type()) {
        case 'A':
            if (target_.empty()) address(std::string(message.find(49)));
            if (!sent_logon_) log_on(now);
            is_logged_on_ = true;
            break;
        case '1':
            start("0", now).add("112=", message.find(112));
            finish();
            break;
        case '2': fill_gap(message, now); break;
        case '4': next_in_ = number_of(message.find(36)); break;
        case '5':
            start("5", now);
            finish();
            flush();
            fail("logged out: " + std::string(message.find(58)));
            break;
        default: break;  // a heartbeat says nothing
    }
}

/// Nothing is kept, so everything that is asked for again is skipped. The measurement then misses
/// orders and says so.
void FixLink::fill_gap(const FieldIndex& request, std::int64_t now) {
    const std::uint32_t last = next_out_;
    next_out_ = number_of(request.find(7));
    Composer& out = start("4", now);
    out.add(
        "43=Y\x01"
        "122=",
        utc_.at(now));
    out.add("123=Y\x01");
    out.add_padded("36=", last, 9);
    finish();
    next_out_ = last;
}

Composer& FixLink::start(std::string_view msg_type, std::int64_t now) {
    composer_.begin();
    composer_.add("35=", msg_type);
    composer_.add_padded("34=", next_out_++, 7);
    composer_.add(addresses_);
    composer_.add("52=", utc_.at(now));
    return composer_;
}

void FixLink::finish() { out_.append(composer_.seal()); }

bool FixLink::flush() {
    while (sent_ < out_.size()) {
        const ssize_t put = ::send(fd_, out_.data() + sent_, out_.size() - sent_, MSG_NOSIGNAL);
        if (put < 0) {
            if (errno == EINTR) continue;
            if (errno == EAGAIN) return false;
            fail(std::strerror(errno));
            break;
        }
        sent_ += static_cast<std::size_t>(put);
    }
    out_.clear();
    sent_ = 0;
    return true;
}

int listen_on_loopback(std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    const int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const sockaddr_in address = loopback(port);
    if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        ::listen(fd, 128) == 0)
        return fd;
    ::close(fd);
    return -1;
}

std::uint16_t port_of(int fd) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

int connect_to_loopback(std::uint16_t port, std::int64_t deadline) {
    const sockaddr_in address = loopback(port);
    while (now_ns() < deadline) {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0) return -1;
        if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
            return set_up(fd);
        ::close(fd);
        ::usleep(10'000);
    }
    return -1;
}

int accept_one(int listener) {
    const int fd = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    return fd < 0 ? -1 : set_up(fd);
}

}  // namespace penstock::bench
