#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bench/relay/fix_link.hpp"
#include "bench/support/histogram.hpp"

namespace penstock::bench {

inline constexpr int kMaxClients = 64;
inline constexpr std::string_view kHub = "PENSTOCK";  // CompID of every system under test
inline constexpr std::string_view kVenue = "VENUE";
inline constexpr std::string_view kAccount = "DESK";
inline constexpr std::array<std::string_view, 4> kSymbols{"ABCD", "EFGH", "IJKL", "MNOP"};
/// "C07".
std::string client_name(int client);

/// What one load measured, in nanoseconds. An order's clock starts when it was due, which is when it
/// was sent unless the sender itself was late.
struct Latencies {
    Histogram order;   // due until the venue has read it
    Histogram report;  // sent by the venue until its client has read it
    Histogram round_trip;
};

/// All clients and the venue of a system under test, on one thread and one clock. The thread never
/// sleeps. Orders are answered with one ExecutionReport New; every order must reach the venue once and
/// come back once, else `problem` says what happened.
class Generator {
  public:
    /// Listens as the venue at once.
    explicit Generator(int clients);
    ~Generator();

    std::uint16_t venue_port() const { return port_of(listener_); }
    /// Connects the clients and waits until every session is logged on.
    void log_on(std::uint16_t hub_port, std::int64_t deadline);

    /// May one more order be out? There is room for kSlots.
    bool has_room() const { return sent_ - done_ < kSlots && problem_.empty(); }
    /// Sends one order by the next client; it was due at `due`.
    void place(std::int64_t due, std::int64_t now);
    /// Handles whatever has arrived and sends what is queued. False when there was nothing to do.
    bool turn();
    /// Turns until nothing is out; a problem when the system does not answer for five seconds.
    void drain();

    std::uint64_t sent() const { return sent_; }
    std::uint64_t done() const { return done_; }
    /// Where latencies go; null: nowhere.
    void measure(Latencies* latencies) { latencies_ = latencies; }
    /// What went wrong first; empty: every order did what it should.
    const std::string& problem() const { return problem_; }

  private:
    static constexpr std::uint64_t kSlots = 1U << 16U;
    enum class Stage : std::uint8_t { Free, Sent, AtVenue };
    struct Order {
        std::int64_t due = 0;
        std::int64_t reported = 0;
        std::uint64_t number = 0;
        Stage stage = Stage::Free;
    };

    void watch(const FixLink& link, std::uint32_t which);
    void accept_venue();
    void receive_on(std::uint32_t which);
    void on_venue_message(const FieldIndex& message, std::int64_t now);
    void on_client_message(int client, const FieldIndex& message, std::int64_t now);
    void report_new(const FieldIndex& order, std::uint64_t slot, std::int64_t now);
    void send_quotes(std::int64_t now);
    void unexpected(const FieldIndex& message, std::string_view where);
    void set_problem(std::string text);

    int listener_;
    int epoll_;
    std::vector<std::unique_ptr<FixLink>> clients_;
    int client_count_;
    std::unique_ptr<FixLink> venue_;
    std::vector<Order> orders_;
    std::uint64_t sent_ = 0;
    std::uint64_t done_ = 0;
    std::uint64_t reports_ = 0;
    std::vector<FixLink*> to_flush_;
    std::int64_t next_quotes_ = 0;
    std::vector<std::string> subscriptions_;  // MDReqID(262) of each symbol; empty: not asked for
    Latencies* latencies_ = nullptr;
    std::string problem_;
};

}  // namespace penstock::bench
