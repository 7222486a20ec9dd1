#include "fix/client_door.hpp"

#include "fix/codec/decode_client.hpp"
#include "fix/codec/decode_list.hpp"
#include "fix/codec/redact.hpp"

namespace penstock::fix {

void ClientDoor::on_message(FixSession& session, const AppMessage& message) {
    const SessionSettings& settings = session.settings();
    const ClientContext context{session.id, settings.version, message.received, settings.max_order_age};
    const oms::Origin origin{session.id, message.msg_seq_num};
    const std::string_view raw = redacted(message.fields, redacted_);
    if (message.fields.msg_type() != "E") {
        inbox_.accept(decode_client(message.fields, context), origin, raw);
        return;
    }
    // Only the last input stands for the message: after a crash in between it was not processed.
    const ListInputs inputs(message.fields, context);
    const std::uint32_t last = inputs.count() - 1;
    for (std::uint32_t i = 0; i < last; ++i) inbox_.accept(inputs.at(i), {}, {});
    inbox_.accept(inputs.at(last), origin, raw);
}

bool ClientDoor::may_resend(std::string_view msg_type) {
    return msg_type == "8" || msg_type == "9" || msg_type == "r" || msg_type == "j" || msg_type == "N";
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
