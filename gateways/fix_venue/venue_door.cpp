#include "gateways/fix_venue/venue_door.hpp"

#include "fix/codec/decode_venue.hpp"
#include "fix/codec/redact.hpp"

namespace penstock::gateways {

void VenueDoor::on_message(fix::FixSession& session, const fix::AppMessage& message) {
    const oms::Origin origin{session.id, message.msg_seq_num};
    const std::string_view raw = fix::redacted(message.fields, redacted_);
    Text problem;
    const auto fact = fix::decode_venue(message.fields, {venue_, session.settings().version, ids_}, &problem);
    if (fact)
        inbox_.accept(*fact, origin, raw);
    else if (!problem.empty())
        inbox_.accept(oms::VenueUndecodable{venue_, problem}, origin, raw);
    else  // Nothing to act on, but the number is used and the message is evidence.
        inbox_.accept(
            oms::SessionAdvanced{session.id, message.msg_seq_num + 1, session.next_number_out(), false},
            origin, raw);
}

void VenueDoor::on_state(fix::FixSession& session, bool is_logged_on) {
    Door::on_state(session, is_logged_on);
    if (is_logged_on && sheet_.market_data) subscribe(session);
}

/// Top of book and last trade of every instrument that trades here: one request a symbol.
void VenueDoor::subscribe(fix::FixSession& session) {
    for (const std::string& symbol : symbols_) {
        const std::string body =
            "262=MD-" + symbol +
            "\x01"
            "263=1\x01"
            "264=1\x01"
            "265=0\x01"
            "267=3\x01"
            "269=0\x01"
            "269=1\x01"
            "269=2\x01"
            "146=1\x01"
            "55=" +
            symbol + "\x01";
        session.send_own("V", body, fix::FixSession::Keep::No);
    }
}

}  // namespace penstock::gateways
