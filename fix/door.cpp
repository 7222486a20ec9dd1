#include "fix/door.hpp"

#include "fix/codec/decode_client.hpp"
#include "fix/password.hpp"

namespace penstock::fix {

void Door::on_state(FixSession& session, bool is_logged_on) {
    inbox_.accept(oms::SessionChanged{session.id, is_logged_on}, {}, {});
}

Seq Door::on_numbers(FixSession& session, bool was_reset) {
    return inbox_.accept(
        oms::SessionAdvanced{session.id, session.next_number_in(), session.next_number_out(), was_reset}, {}, {});
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

void ClientDoor::on_message(FixSession& session, const AppMessage& message) {
    const SessionSettings& settings = session.settings();
    const ClientContext context{session.id, settings.version, clock_.now(), settings.max_order_age};
    inbox_.accept(decode_client(message.fields, context), {session.id, message.msg_seq_num},
                  message.fields.frame());
}

bool ClientDoor::may_resend(std::string_view msg_type) {
    return msg_type == "8" || msg_type == "9" || msg_type == "r" || msg_type == "j";
}

void DropCopyDoor::on_message(FixSession& session, const AppMessage& message) {
    constexpr std::uint32_t kNotAuthorized = 6;
    oms::RequestRefused refused;
    refused.session = session.id;
    refused.ref_msg_seq_num = message.msg_seq_num;
    refused.ref_msg_type = FixedText<7>::truncated(message.fields.msg_type());
    refused.business_reject_reason = kNotAuthorized;
    refused.text = Text::truncated("a drop copy session only reads");
    inbox_.accept(refused, {session.id, message.msg_seq_num}, message.fields.frame());
}

bool DropCopyDoor::may_resend(std::string_view msg_type) { return msg_type == "8" || msg_type == "j"; }

}  // namespace penstock::fix
