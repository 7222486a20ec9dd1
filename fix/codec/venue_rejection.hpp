#pragma once

#include <optional>

#include "fix/codec/message_index.hpp"
#include "oms/domain/input.hpp"
#include "oms/domain/output.hpp"

namespace penstock::fix {

/// What a Reject(3) or a BusinessMessageReject(j) says about a message of ours. Views the message.
struct Rejection {
    std::uint32_t ref_seq_num = 0;  // RefSeqNum(45); zero: not said
    std::string_view ref_msg_type;  // RefMsgType(372); empty: not said
    std::string_view ref_id;        // BusinessRejectRefID(379)
    std::uint32_t reason = 0;       // SessionRejectReason(373) or BusinessRejectReason(380)
    std::string_view text;
};
Rejection read_rejection(const MessageIndex& message);

/// The fact it states, `sent` being the output that went out under its RefSeqNum(45): the venue refused a
/// new order, or a request about one. Nothing for other messages, or when RefMsgType(372) names another.
std::optional<oms::InputBody> refusal_of(const Rejection& said, VenueId venue, const oms::Output& sent);

}  // namespace penstock::fix
