#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <optional>
#include <string>

#include "apps/penstock_client/line_source.hpp"
#include "apps/penstock_client/runner.hpp"
#include "apps/penstock_client/settings.hpp"
#include "apps/runtime/event_loop.hpp"
#include "apps/runtime/number_file.hpp"
#include "fix/session/door.hpp"
#include "fix/session/engine.hpp"

namespace penstock::client {

/// The client's one FIX session, its input and its timers. One thread.
class ClientHost final : private fix::SessionUser, private RunnerPort {
  public:
    ClientHost(oms::Clock& clock, const ClientSettings& settings, fix::SessionLog fix_log);

    /// Until quit, the end of the script, or a signal. Returns the exit code.
    int run();

  private:
    // What the session tells.
    void on_message(fix::FixSession& session, const fix::AppMessage& message) override;
    void on_state(fix::FixSession& session, bool is_logged_on) override;
    Seq on_numbers(fix::FixSession&, bool) override { return {}; }
    bool may_resend(std::string_view) override { return true; }
    void log(fix::FixSession& session, std::string_view text, bool is_incoming, bool is_outgoing) override;

    // What the runner asks.
    bool is_logged_on() const override { return session_->is_logged_on(); }
    void send(const Outgoing& message) override;
    Timestamp now() override { return clock_.now(); }
    void say(const std::string& line) override;
    void complain(const std::string& line) override;
    void start_timer(Duration after) override;
    void stop_timer() override { wait_timer_.cancel(); }
    void finish(int exit_code) override;

    bool open();
    bool end_turn();
    void start_logon_timer();
    void on_note(std::string_view line);
    void on_session_message(std::string_view frame);
    void cannot_log_on(const std::string& reason);

    oms::Clock& clock_;
    ClientSettings settings_;
    fix::SessionLog fix_log_;
    boost::asio::io_context io_{1};
    apps::EventLoop loop_;
    apps::NumberFile numbers_;
    fix::FixEngine engine_;
    fix::FixSession* session_ = nullptr;
    Runner runner_;
    LineSource lines_;
    boost::asio::signal_set signals_;
    boost::asio::steady_timer wait_timer_;
    boost::asio::steady_timer limit_timer_;  // of the logon, then of the logout
    fix::MessageIndex index_;
    std::string logout_text_;  // the last Logout(5) we got said
    bool was_logged_on_ = false;
    bool is_logged_on_ = false;  // as the runner was told
    bool asked_for_line_ = false;
    std::optional<int> exit_code_;
};

/// What may help when a logon fails for this reason. Pure.
std::string logon_advice(const std::string& reason, const fix::SessionSettings& session);

}  // namespace penstock::client
