#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <string>

#include "fix/session/engine.hpp"
#include "tests/fix/session/peer_end.hpp"

namespace penstock::fix::test {

/// A real initiator of ours, ISLD, and the venue's end of its connections, TW, on a loopback port. FIX 4.4.
/// One thread: what the venue sends has been handled when `exchange` returns.
class OurInitiator final : private SessionUser, private oms::Clock {
  public:
    using Change = std::function<void(SessionSettings&)>;
    explicit OurInitiator(const Change& change = {});

    /// Takes the next connection the initiator makes, ending the one before; gives back what it says first.
    std::string take_connection();
    /// Sends bytes and gives back everything the initiator answered.
    std::string exchange(const std::string& bytes);
    bool is_connected();

    FixSession& session() { return *session_; }
    /// As OurAcceptor has them.
    std::string delivered;
    std::string rejected;
    Duration ahead;  // of the real time: what our clock shows, not QuickFIX's

  private:
    void on_message(FixSession&, const AppMessage& message) override;
    bool on_reject(FixSession&, const AppMessage& message) override;
    void on_state(FixSession&, bool) override {}
    Seq on_numbers(FixSession&, bool) override { return {}; }
    bool may_resend(std::string_view) override { return false; }
    void log(FixSession&, std::string_view, bool, bool) override {}
    Timestamp now() override { return real_time(ahead); }
    void turn();

    boost::asio::io_context io_;
    boost::asio::ip::tcp::acceptor venue_;
    FixEngine engine_;
    FixSession* session_ = nullptr;
    PeerEnd peer_;
};

}  // namespace penstock::fix::test
