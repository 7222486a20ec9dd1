#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/penstock_venue/settings.hpp"
#include "apps/runtime/number_file.hpp"
#include "fix/session/engine.hpp"
#include "gateways/sim/fix_dialog.hpp"

namespace penstock::apps {

/// Where the host's words go. Called on the loop's thread.
struct VenueLines {
    std::function<void(std::string_view)> note;  // for the operator
    std::function<void(std::string_view)>
        report;  // every report sent to a client, when asked for; may be empty
    std::function<void(fix::FixSession&, std::string_view, bool, bool)> fix_log;  // may be empty
};

/// One simulated venue on real FIX sessions: passes messages in, does what the venue's actions say,
/// wakes the venue when something is due. One thread: that of the io_context.
class VenueHost final : private fix::SessionUser {
  public:
    VenueHost(boost::asio::io_context& io, oms::Clock& clock, const VenueSettings& settings,
              VenueLines lines);

    /// Opens replay files, the state file and the port. Nothing when it worked, else what is wrong.
    std::optional<std::string> open();
    std::uint16_t port() const { return engine_.ports().front(); }
    /// Sessions are sent a Logout(5); `is_done` turns true when they are gone.
    void log_out();
    bool is_done() const;
    void close() { engine_.close(); }
    /// The end of a loop turn. True when there was something to send.
    bool end_turn();

  private:
    void on_message(fix::FixSession& session, const fix::AppMessage& message) override;
    void on_state(fix::FixSession& session, bool is_logged_on) override;
    Seq on_numbers(fix::FixSession&, bool) override { return {}; }
    bool may_resend(std::string_view msg_type) override;
    void log(fix::FixSession& session, std::string_view text, bool is_incoming, bool is_outgoing) override;

    std::optional<std::string> open_replay(const ReplaySettings& replay);
    std::optional<std::string> open_sessions();
    void perform(const sim::Action& action);
    void wake_when_due();
    void tell_problems();

    oms::Clock& clock_;
    VenueSettings settings_;
    VenueLines lines_;
    sim::FixVenue venue_;
    NumberFile numbers_;
    fix::FixEngine engine_;
    boost::asio::steady_timer timer_;
    std::optional<Timestamp> armed_;  // what the timer waits for
    sim::Actions actions_;            // asked for in this turn, done at its end
    sim::Actions doing_;
    std::vector<bool> logged_on_;  // by session, as the venue was told
    std::size_t told_problems_ = 0;
};

}  // namespace penstock::apps
