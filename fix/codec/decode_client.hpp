#pragma once

#include "fix/codec/message_index.hpp"
#include "fix/codec/version.hpp"
#include "oms/domain/input.hpp"

namespace penstock::fix {

/// What decoding needs to know about the session a message came by.
struct ClientContext {
    SessionId session;
    Version version = Version::Fix44;
    Timestamp now;           // when the message was received
    Duration max_order_age;  // zero: age is not checked
};

/// Reads a client's message: D, G, F, q, H, AF, Q, K, L, M become their commands; everything else, and what
/// has no message of its own to be refused by, becomes RequestRefused with a text that names the tag, its
/// value and the rule. An order or a replace whose fields do not decode exactly keeps that as its `refusal`.
/// NewOrderList(E) is several inputs: see decode_list.hpp. Total: gives an answer for any parsed message,
/// Clean or not.
///
/// BusinessRejectReason(380): 3 the message type is not served, 5 a field is missing, 0 anything else.
oms::InputBody decode_client(const MessageIndex& message, const ClientContext& context);

}  // namespace penstock::fix
