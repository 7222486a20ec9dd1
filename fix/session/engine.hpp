#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "fix/session/fix_session.hpp"
#include "fix/session/password_checker.hpp"
#include "fix/transport/connector.hpp"
#include "fix/transport/listener.hpp"

namespace penstock::fix {

/// Sessions and the sockets they live on: finds the session of a first Logon(A), reconnects
/// initiators, ticks everybody once a second. One thread: that of the io_context.
class FixEngine final : private ConnectionUser {
  public:
    FixEngine(boost::asio::io_context& io, oms::Clock& clock);
    ~FixEngine() override;

    /// Adds a session before start(). Throws std::runtime_error in QuickFIX's words when a dictionary
    /// does not load. The session is refused logon until `allow_logon`.
    FixSession& add_session(const SessionSettings& settings, SessionUser& user,
                            std::unique_ptr<SentMessages> sent);
    /// Binds now. Nothing when it worked, else what is wrong and with which address.
    std::optional<std::string> listen(const ListenerSettings& settings);
    /// Connects initiators, starts the clock. Acceptors may log on from now.
    void start();
    /// Sends everybody a Logout(5), stops accepting and connecting.
    void log_out(const std::string& reason);
    /// Closes every socket.
    void close();

    /// The end of a loop turn: sends what is durable. The next turn sends at most one slice of one long
    /// resend.
    void release(Seq durable);

    std::vector<std::uint16_t> ports() const;
    const std::vector<std::unique_ptr<FixSession>>& sessions() const { return sessions_; }
    std::size_t connections() const { return connections_.size(); }
    bool any_logged_on() const;
    /// Lines about the transport, for the operator's log.
    std::function<void(std::string_view)> note = [](std::string_view) {};

  private:
    struct Live {
        std::shared_ptr<Connection> connection;
        FixSession* session = nullptr;  // none: nobody has logged on yet
        const ListenerSettings* listener = nullptr;
        Timestamp since;
    };

    void on_frame(Connection& connection, std::string_view frame) override;
    void on_closed(Connection& connection, std::string_view why) override;
    void adopt(std::shared_ptr<Connection> connection, FixSession* session, const ListenerSettings* listener);
    void refuse(Connection& connection, const std::string& why);
    void feed(Live& live, FixSession& session, std::string_view frame, FixSession::Sender sender);
    void check_password(Connection& connection, FixSession& session, std::string_view frame,
                        const FixSession::Claim& claim);
    void finish_logon(const std::shared_ptr<Connection>& connection, FixSession& session,
                      std::string_view frame, FixSession::Sender sender);
    FixSession* session_for(Connection& connection, std::string_view frame, std::string& why);
    void tick();
    bool wants_slice() const;
    void send_slice();
    void close_overdue();
    std::size_t pending() const;

    boost::asio::io_context& io_;
    oms::Clock& clock_;
    boost::asio::steady_timer timer_;
    std::vector<std::unique_ptr<FixSession>> sessions_;
    std::vector<std::unique_ptr<Listener>> listeners_;
    std::map<FixSession*, std::unique_ptr<Connector>> connectors_;
    std::map<Connection*, Live> connections_;
    ReleaseList to_release_;
    ReleaseList releasing_;
    std::vector<FixSession*> resending_;  // whose turn is next comes first
    bool is_slice_posted_ = false;
    bool is_stopping_ = false;
    PasswordChecker passwords_;  // the last: its thread ends first
};

}  // namespace penstock::fix
