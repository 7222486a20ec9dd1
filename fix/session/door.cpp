#include "fix/session/door.hpp"

namespace penstock::fix {

void Door::on_state(FixSession& session, bool is_logged_on) {
    const bool logged_out = !is_logged_on && session.peer_logged_out();
    inbox_.accept(oms::SessionChanged{session.id, is_logged_on, logged_out}, {}, {});
}

Seq Door::on_numbers(FixSession& session, bool was_reset) {
    inbox_.catch_up();
    return inbox_.accept_session(
        oms::SessionAdvanced{session.id, session.next_number_in(), session.next_number_out(), was_reset,
                             session.sent_again().from, session.sent_again().to},
        session.session_received(), session.session_sent());
}

}  // namespace penstock::fix
