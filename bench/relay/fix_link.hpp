#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/relay/fix_text.hpp"

namespace penstock::bench {

/// A FIX 4.4 session by hand over one non-blocking socket: logon, test requests, gap fills on a resend
/// request, logout. Anything out of order is a failure, because nothing may be lost on loopback.
class FixLink {
  public:
    /// An empty `target` becomes whoever logs on.
    FixLink(int fd, std::string sender, std::string target);
    ~FixLink();
    FixLink(const FixLink&) = delete;
    FixLink& operator=(const FixLink&) = delete;

    int fd() const { return fd_; }
    const std::string& name() const { return sender_; }
    const std::string& peer() const { return target_; }
    bool is_logged_on() const { return is_logged_on_; }
    /// Why the session ended; empty while it lives.
    const std::string& failure() const { return failure_; }

    /// Sends Logon(A); an acceptor's link answers one by itself.
    void log_on(std::int64_t now);
    /// Takes what the socket holds, up to the buffer's size. False when there was nothing.
    bool receive();
    /// The next application message out of what was received, answering session messages on the way;
    /// nothing when more bytes are needed. Valid until the next call of `next` or `receive`.
    const FieldIndex* next(std::int64_t now);

    /// Starts a message: its header is written, the caller adds fields, `finish` queues it.
    Composer& start(std::string_view msg_type, std::int64_t now);
    void finish();
    std::string_view stamp(std::int64_t now) { return utc_.at(now); }

    bool has_output() const { return sent_ < out_.size(); }
    /// Hands what is queued to the socket. False when the socket is full: flush again later.
    bool flush();

  private:
    void address(std::string target);
    void answer(const FieldIndex& message, std::int64_t now);
    void fill_gap(const FieldIndex& request, std::int64_t now);
    void fail(std::string why);

    int fd_;
    std::string sender_;
    std::string target_;
    std::string addresses_;  // "49=...<SOH>56=...<SOH>"
    std::uint32_t next_in_ = 1;
    std::uint32_t next_out_ = 1;
    bool is_logged_on_ = false;
    bool sent_logon_ = false;
    std::string failure_;
    std::vector<char> in_;
    std::size_t in_begin_ = 0;
    std::size_t in_end_ = 0;
    std::string out_;
    std::size_t sent_ = 0;
    FieldIndex index_;
    Composer composer_;
    UtcText utc_;
};

/// Listens on 127.0.0.1; `port` 0 takes a free one. The descriptor, or -1.
int listen_on_loopback(std::uint16_t port);
std::uint16_t port_of(int fd);
/// Connects, waiting up to the deadline. A non-blocking descriptor without Nagle's delay, or -1.
int connect_to_loopback(std::uint16_t port, std::int64_t deadline);
/// Accepts one waiting connection, set up likewise, or -1.
int accept_one(int listener);

}  // namespace penstock::bench
