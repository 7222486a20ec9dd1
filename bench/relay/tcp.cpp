#include "bench/relay/tcp.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "bench/raw_relay/answer.hpp"
#include "bench/relay/fix_link.hpp"
#include "bench/relay/generator.hpp"
#include "bench/support/clock.hpp"

namespace penstock::bench {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

/// One connection to bench_raw_relay --answer. Busy-polls, as the generator does.
class Pinger {
  public:
    explicit Pinger(int fd) : fd_(fd), due_(kRing) {}
    ~Pinger() { ::close(fd_); }
    Pinger(const Pinger&) = delete;
    Pinger& operator=(const Pinger&) = delete;

    std::uint64_t outstanding() const { return sent_ - done_; }
    std::uint64_t done() const { return done_; }
    bool is_broken() const { return is_broken_; }
    void place(std::int64_t due) {
        due_[sent_ % kRing] = due;
        const std::size_t begin = out_.size();
        out_.resize(begin + kRequestBytes);
        std::memcpy(out_.data() + begin, &sent_, sizeof sent_);
        ++sent_;
    }
    void turn(Latencies* latencies) {
        flush();
        const ssize_t got = ::recv(fd_, in_.data() + held_, in_.size() - held_, 0);
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) is_broken_ = true;
        if (got <= 0) return;
        held_ += static_cast<std::size_t>(got);
        const std::int64_t now = now_ns();
        std::size_t at = 0;
        for (; at + kAnswerBytes <= held_; at += kAnswerBytes) take(in_.data() + at, now, latencies);
        std::memmove(in_.data(), in_.data() + at, held_ - at);
        held_ -= at;
    }

  private:
    static constexpr std::uint64_t kRing = 1U << 16U;

    void flush() {
        if (out_.empty()) return;
        const ssize_t put = ::send(fd_, out_.data(), out_.size(), MSG_NOSIGNAL);
        if (put > 0) out_.erase(out_.begin(), out_.begin() + put);
    }
    void take(const char* answer, std::int64_t now, Latencies* latencies) {
        AnswerHead head;
        std::memcpy(&head, answer, sizeof head);
        if (head.number != done_++) is_broken_ = true;
        if (latencies == nullptr) return;
        const std::int64_t due = due_[head.number % kRing];
        latencies->order.record(head.read_at - due);
        latencies->report.record(now - head.read_at);
        latencies->round_trip.record(now - due);
    }

    int fd_;
    std::uint64_t sent_ = 0;
    std::uint64_t done_ = 0;
    bool is_broken_ = false;
    std::vector<std::int64_t> due_;
    std::vector<char> out_;
    std::vector<char> in_ = std::vector<char>(std::size_t{256} << 10U);
    std::size_t held_ = 0;
};

void drain(Pinger& pinger, Latencies* latencies) {
    const std::int64_t deadline = now_ns() + 5 * kSecond;
    while (pinger.outstanding() > 0 && !pinger.is_broken() && now_ns() < deadline) pinger.turn(latencies);
}

LoadFigures run(Pinger& pinger, std::int64_t duration, int rate) {
    Latencies latencies;
    std::int64_t due = now_ns();
    const std::int64_t end = due + duration;
    while (now_ns() < end && !pinger.is_broken()) {
        if (rate == 0) {
            if (pinger.outstanding() == 0) pinger.place(now_ns());
        } else {
            for (; due <= now_ns() && due < end; due += kSecond / rate) pinger.place(due);
        }
        pinger.turn(&latencies);
    }
    drain(pinger, &latencies);
    return {percentiles(latencies.order), percentiles(latencies.report), percentiles(latencies.round_trip)};
}

}  // namespace

Figures measure_tcp(const System& system, const Place& place, const Options& options) {
    Figures figures;
    Child child(prepare(system, place));
    child.await_ready(now_ns() + 10 * kSecond, [] {});
    figures.problem = child.problem();
    if (!figures.problem.empty()) return figures;
    const auto port = static_cast<std::uint16_t>(child.number_after(" port "));
    Pinger pinger(connect_to_loopback(port, now_ns() + kSecond));
    const auto duration = static_cast<std::int64_t>(options.seconds * 1e9);
    figures.ping_pong = run(pinger, duration, 0);
    figures.open_loop = run(pinger, duration, options.rate);
    const std::uint64_t first = pinger.done();
    const std::int64_t cpu_before = child.cpu_ns();
    const std::int64_t start = now_ns();
    std::int64_t now = start;
    for (; now - start < duration && !pinger.is_broken(); now = now_ns()) {
        while (pinger.outstanding() < options.outstanding) pinger.place(now);
        pinger.turn(nullptr);
    }
    const auto flooded = static_cast<double>(pinger.done() - first);
    figures.orders_per_second = flooded * 1e9 / static_cast<double>(now - start);
    figures.cpu_us_per_order = static_cast<double>(child.cpu_ns() - cpu_before) / 1000.0 / flooded;
    drain(pinger, nullptr);
    figures.orders = pinger.done();
    if (pinger.is_broken() || pinger.outstanding() > 0) figures.problem = "answers are missing";
    return figures;
}

}  // namespace penstock::bench
