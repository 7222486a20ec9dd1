#pragma once

#include <functional>
#include <string>

#include "fix/session/fix_session.hpp"
#include "oms/ports/inbox.hpp"

namespace penstock::fix {

/// A line of a session's log: where it goes is the application's business.
using SessionLog =
    std::function<void(FixSession&, std::string_view text, bool is_incoming, bool is_outgoing)>;

/// What every door into the core shares: session numbers and states become inputs.
class Door : public SessionUser {
  public:
    Door(oms::Inbox& inbox, SessionLog log) : inbox_(inbox), log_(std::move(log)) {}

    void on_state(FixSession& session, bool is_logged_on) override;
    Seq on_numbers(FixSession& session, bool was_reset) override;
    void log(FixSession& session, std::string_view text, bool is_incoming, bool is_outgoing) override {
        if (log_) log_(session, text, is_incoming, is_outgoing);
    }

  protected:
    oms::Inbox& inbox_;
    std::string redacted_;  // a message without its credentials, while it is handed over

  private:
    SessionLog log_;
};

}  // namespace penstock::fix
