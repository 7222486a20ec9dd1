#include "fix/session/door.hpp"

#include "fix/session/password.hpp"

namespace penstock::fix {

void Door::on_state(FixSession& session, bool is_logged_on) {
    inbox_.accept(oms::SessionChanged{session.id, is_logged_on}, {}, {});
}

Seq Door::on_numbers(FixSession& session, bool was_reset) {
    return inbox_.accept(
        oms::SessionAdvanced{session.id, session.next_number_in(), session.next_number_out(), was_reset}, {},
        {});
}

bool Door::admit(FixSession& session, const std::string& username, const std::string& password,
                 std::string& why) {
    const SessionSettings& settings = session.settings();
    if (settings.is_initiator || settings.password_hash.empty()) return true;
    // One answer for a wrong name and a wrong password: it must not tell which names exist.
    if (username == settings.username && password_matches(password, settings.password_hash)) return true;
    why = "username or password is wrong";
    return false;
}

}  // namespace penstock::fix
