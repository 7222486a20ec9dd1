#include "gateways/fix_venue/venue_door.hpp"

#include "fix/codec/decode_venue.hpp"
#include "fix/codec/redact.hpp"
#include "fix/codec/venue_rejection.hpp"

namespace penstock::gateways {

void VenueDoor::on_message(fix::FixSession& session, const fix::AppMessage& message) {
    const oms::Origin origin{session.id, message.msg_seq_num};
    const std::string_view raw = fix::redacted(message.fields, redacted_);
    Text problem;
    auto fact = fix::decode_venue(message.fields, {venue_, session.settings().version, ids_}, &problem);
    if (!fact && message.fields.msg_type() == "j") fact = refusal_by_number(message);
    if (fact)
        inbox_.accept(*fact, origin, raw);
    else if (!problem.empty())
        inbox_.accept(oms::VenueUndecodable{venue_, problem}, origin, raw);
    else  // Nothing to act on, but the number is used and the message is evidence.
        inbox_.accept(
            oms::SessionAdvanced{session.id, message.msg_seq_num + 1, session.next_number_out(), false},
            origin, raw);
}

/// The number of a Reject(3) is not this input's to advance: QuickFIX also takes one that is ahead of its
/// turn.
bool VenueDoor::on_reject(fix::FixSession&, const fix::AppMessage& message) {
    const std::string_view raw = fix::redacted(message.fields, redacted_);
    if (const auto fact = refusal_by_number(message)) {
        inbox_.accept(*fact, {}, raw);
        return true;
    }
    const std::string text = "Reject(3): " + std::string(fix::read_rejection(message.fields).text);
    inbox_.accept(oms::VenueUndecodable{venue_, Text::truncated(text)}, {}, raw);
    return true;
}

/// The fact behind a rejection that names a message of ours by RefSeqNum(45) alone. A former connection's
/// numbers are still ours unless they were reset, but gap fills have stood for them since: then only
/// RefMsgType(372) tells which was rejected. A repetition cannot speak of this connection's messages.
std::optional<oms::InputBody> VenueDoor::refusal_by_number(const fix::AppMessage& message) const {
    const fix::Rejection said = fix::read_rejection(message.fields);
    if (!sent_ || !said.ref_id.empty()) return std::nullopt;  // an id that is not ours: another journal's
    const bool is_former = said.ref_seq_num < first_of_connection_;
    if (is_former ? said.ref_msg_type.empty() : message.poss_dup) return std::nullopt;
    const auto sent = sent_(said.ref_seq_num);
    return sent ? fix::refusal_of(said, venue_, *sent) : std::nullopt;
}

void VenueDoor::on_state(fix::FixSession& session, bool is_logged_on) {
    // Before the core hears of it, because it asks at once.
    if (is_logged_on) first_of_connection_ = session.next_number_out();
    Door::on_state(session, is_logged_on);
    if (is_logged_on && sheet_.market_data) subscribe(session);
}

/// Top of book, last trade and perhaps the mark of every instrument that trades here: one request a symbol.
void VenueDoor::subscribe(fix::FixSession& session) {
    for (const std::string& symbol : symbols_) {
        const std::string body =
            "262=MD-" + symbol +
            "\x01"
            "263=1\x01"
            "264=1\x01"
            "265=0\x01"
            "267=" +
            (sheet_.mark_price ? "4" : "3") +
            "\x01"
            "269=0\x01"
            "269=1\x01"
            "269=2\x01" +
            (sheet_.mark_price ? "269=6\x01" : "") +
            "146=1\x01"
            "55=" +
            symbol + "\x01";
        session.send_own("V", body, fix::FixSession::Keep::No);
    }
}

}  // namespace penstock::gateways
