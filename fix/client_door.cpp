#include "fix/client_door.hpp"

#include "fix/codec/decode_client.hpp"
#include "fix/codec/redact.hpp"

namespace penstock::fix {

void ClientDoor::on_message(FixSession& session, const AppMessage& message) {
    const SessionSettings& settings = session.settings();
    const ClientContext context{session.id, settings.version, message.received, settings.max_order_age};
    inbox_.accept(decode_client(message.fields, context), {session.id, message.msg_seq_num},
                  redacted(message.fields, redacted_));
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
    inbox_.accept(refused, {session.id, message.msg_seq_num}, redacted(message.fields, redacted_));
}

bool DropCopyDoor::may_resend(std::string_view msg_type) { return msg_type == "8" || msg_type == "j"; }

}  // namespace penstock::fix
