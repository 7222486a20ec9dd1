#include "bench/raw_relay/relay.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "bench/relay/generator.hpp"
#include "bench/support/clock.hpp"

namespace penstock::bench {
namespace {

constexpr int kMaxEvents = 128;
constexpr int kLongestWait_ms = 500;  // a signal may arrive just before the wait
constexpr std::int64_t kPatience = 10'000'000'000;

void watch(int epoll, int fd, FixLink* link) {
    epoll_event event{EPOLLIN, {}};
    event.data.ptr = link;  // null: the listener
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

}  // namespace

Relay::Relay(const RelaySettings& settings)
    : settings_(settings), listener_(listen_on_loopback(0)), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    watch(epoll_, listener_, nullptr);
}

Relay::~Relay() {
    ::close(listener_);
    ::close(epoll_);
}

bool Relay::connect_venue() {
    const int fd = connect_to_loopback(settings_.venue_port, now_ns() + kPatience);
    if (fd < 0) return false;
    venue_ = std::make_unique<FixLink>(fd, std::string(kHub), std::string(kVenue));
    watch(epoll_, fd, venue_.get());
    venue_->log_on(now_ns());
    venue_->flush();
    return true;
}

bool Relay::run(const volatile int& stopped) {
    while (stopped == 0 && !is_over_ && !has_failed_) {
        const bool must_look = settings_.waiting == Waiting::Spin || !to_flush_.empty();
        turn(must_look ? 0 : kLongestWait_ms);
    }
    return !has_failed_;
}

void Relay::turn(int timeout_ms) {
    std::array<epoll_event, kMaxEvents> events;
    const int count = ::epoll_wait(epoll_, events.data(), kMaxEvents, timeout_ms);
    for (int i = 0; i < count; ++i) {
        auto* const link = static_cast<FixLink*>(events[static_cast<std::size_t>(i)].data.ptr);
        if (link == nullptr)
            accept_client();
        else
            read(*link);
    }
    if (settings_.journal != nullptr) settings_.journal->commit();
    std::erase_if(to_flush_, [](FixLink* link) { return link->flush(); });
}

void Relay::accept_client() {
    const int fd = accept_one(listener_);
    if (fd < 0) return;
    links_.push_back(std::make_unique<FixLink>(fd, std::string(kHub), std::string()));
    watch(epoll_, fd, links_.back().get());
}

void Relay::read(FixLink& link) {
    const bool had_output = link.has_output();
    if (link.receive()) {
        const std::int64_t now = now_ns();
        while (const FieldIndex* message = link.next(now)) {
            if (settings_.journal != nullptr) settings_.journal->add(message->frame());
            if (&link != venue_.get()) {
                clients_[number_of(link.peer().substr(1)) % kClients] = &link;
                forward(*message, venue_.get(), now);
            } else {
                forward(*message, clients_[number_of(message->find(11).substr(1)) % kClients], now);
            }
        }
    }
    if (!had_output && link.has_output()) to_flush_.push_back(&link);
    if (link.failure().empty()) return;
    // Clients may leave; without the venue there is nothing left to do.
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, link.fd(), nullptr);
    std::fprintf(stderr, "bench_raw_relay: %s\n", link.failure().c_str());
    if (&link == venue_.get()) is_over_ = true;
}

/// The body goes as it came; header, length, number and checksum are new.
void Relay::forward(const FieldIndex& message, FixLink* to, std::int64_t now) {
    if (to == nullptr || !to->is_logged_on()) {
        std::fprintf(stderr, "bench_raw_relay: nobody to forward to\n");
        has_failed_ = true;
        return;
    }
    if (!to->has_output()) to_flush_.push_back(to);
    const char type = message.msg_type();
    to->start(std::string_view(&type, 1), now).add(message.body());
    to->finish();
}

}  // namespace penstock::bench
