#include "fix/codec/venue_rejection.hpp"

#include "fix/codec/tags.hpp"
#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

std::uint32_t number_of(std::string_view text) { return parse_number(text).value_or(0); }

template <class Message>
oms::VenueReport report_of(VenueId venue, const Message& sent) {
    oms::VenueReport report;
    report.venue = venue;
    report.child = sent.child;
    if constexpr (requires { sent.revision; }) report.revision = sent.revision;
    return report;
}

bool is_about(const Rejection& said, std::string_view msg_type) {
    return said.ref_msg_type.empty() || said.ref_msg_type == msg_type;
}

}  // namespace

Rejection read_rejection(const MessageIndex& message) {
    const auto text = [&](Tag tag) { return message.find(tag.number).value_or(std::string_view{}); };
    Rejection said;
    said.ref_seq_num = number_of(text(tag::kRefSeqNum));
    said.ref_msg_type = text(tag::kRefMsgType);
    said.ref_id = text(tag::kBusinessRejectRefId);
    said.reason =
        number_of(text(message.msg_type() == "3" ? tag::kSessionRejectReason : tag::kBusinessRejectReason));
    said.text = text(tag::kText);
    return said;
}

std::optional<oms::InputBody> refusal_of(const Rejection& said, VenueId venue, const oms::Output& sent) {
    const Text text = Text::truncated(said.text.empty() ? "the venue could not take the message" : said.text);
    if (const auto* order = std::get_if<oms::VenueNewOrder>(&sent); order != nullptr && is_about(said, "D"))
        return oms::VenueRefused{report_of(venue, *order), said.reason, text, true};
    if (const auto* amend = std::get_if<oms::VenueAmendOrder>(&sent); amend != nullptr && is_about(said, "G"))
        return oms::VenueRequestRefused{
            report_of(venue, *amend), oms::CancelRejectTo::ReplaceRequest, said.reason, text, true};
    if (const auto* cancel = std::get_if<oms::VenueCancelOrder>(&sent);
        cancel != nullptr && is_about(said, "F"))
        return oms::VenueRequestRefused{
            report_of(venue, *cancel), oms::CancelRejectTo::CancelRequest, said.reason, text, true};
    if (const auto* list = std::get_if<oms::VenueMassStatusRequest>(&sent);
        list != nullptr && is_about(said, "AF"))
        return oms::VenueBookTold{venue, list->request, true, text};
    if (const auto* positions = std::get_if<oms::VenuePositionsRequest>(&sent);
        positions != nullptr && is_about(said, "AN"))
        return oms::VenuePositionTold{
            venue, positions->request, oms::PositionAnswer::Refused, 0, {}, {}, {}, text};
    return std::nullopt;
}

}  // namespace penstock::fix
