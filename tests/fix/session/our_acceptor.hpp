#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "fix/session/engine.hpp"
#include "tests/fix/session/peer_end.hpp"

namespace penstock::fix::test {

/// A real acceptor of ours on a loopback port, ISLD for a peer TW, and the peer's end of the socket.
/// One thread: what the peer sends has been handled when `exchange` returns.
class OurAcceptor final : private SessionUser, private oms::Clock {
  public:
    enum class Lanes { Both, SlowOnly };
    using Change = std::function<void(SessionSettings&)>;
    OurAcceptor(Version version, Lanes lanes, const Change& change = {});

    void connect();
    /// The peer's end goes away.
    void disconnect();
    /// Sends bytes and gives back everything the acceptor answered.
    std::string exchange(const std::string& bytes);
    /// Runs the acceptor until it has written something, at most `seconds`.
    std::string wait_for_output(int seconds);
    bool is_connected();

    FixSession& session() { return *session_; }
    /// MsgSeqNums of the application messages the session let through, with their PossDup flag.
    std::string delivered;
    /// What the application does with a message; what is durable.
    std::function<void(FixSession&, const AppMessage&)> on_app = [](FixSession&, const AppMessage&) {};
    /// RefSeqNum(45) of the Reject(3)s the session told of, each followed by a blank.
    std::string rejected;
    bool keeps_rejects = false;  // they are on record as soon as they are told of
    /// What is told for the journal, with FixSession::keep_sent_messages.
    std::vector<NumberRange> sent_again;
    std::string session_sent;
    std::string session_received;
    Seq record_of_numbers;  // of what says that numbers moved; none: nothing waits for it
    Seq durable{~std::uint64_t{0}};
    Duration ahead;  // of the real time: what our clock shows, not QuickFIX's

  private:
    void on_message(FixSession& session, const AppMessage& message) override;
    bool on_reject(FixSession&, const AppMessage& message) override {
        rejected += std::string(message.fields.find(45).value_or("?")) + " ";
        return keeps_rejects;
    }
    void on_state(FixSession&, bool) override {}
    Seq on_numbers(FixSession& session, bool) override {
        if (!session.sent_again().empty()) sent_again.push_back(session.sent_again());
        session_sent += session.session_sent();
        session_received += session.session_received();
        return record_of_numbers;
    }
    bool may_resend(std::string_view) override { return true; }
    void log(FixSession&, std::string_view, bool, bool) override {}
    Timestamp now() override { return real_time(ahead); }
    void turn();

    boost::asio::io_context io_;
    FixEngine engine_;
    FixSession* session_ = nullptr;
    PeerEnd peer_;
};

}  // namespace penstock::fix::test
