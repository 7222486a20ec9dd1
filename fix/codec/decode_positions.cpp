#include "fix/codec/decode_positions.hpp"

#include "fix/codec/found_fields.hpp"

namespace penstock::fix {
namespace {

constexpr std::array kRead = {tag::kAccount,      tag::kSymbol,      tag::kText,
                              tag::kPosReqId,     tag::kNoPositions, tag::kTotalNumPosReports,
                              tag::kPosReqResult, tag::kPosReqStatus};
using Answer = FoundFields<kRead>;

/// PosReqResult(728), PosReqStatus(729).
constexpr std::string_view kValid = "0";
constexpr std::string_view kNoneFound = "2";
constexpr std::string_view kRejected = "2";

/// Long less short of one PosType(703).
struct Amount {
    Quantity long_quantity;
    Quantity short_quantity;
};

/// Of the whole, or of what was transacted, which most venues tell alone. What other types count (exercised,
/// of the start of the day) are parts of it.
std::optional<Amount> amount_of(ValueReader& reader, const MessageIndex& message) {
    std::optional<Amount> total;
    std::optional<Amount> transacted;
    std::optional<Amount>* meant = nullptr;
    for (const FieldRef& field : message.fields()) {
        const std::string_view value = message.value(field);
        if (field.tag == tag::kPosType) {
            meant = value == "TOT" ? &total : value == "TQ" ? &transacted : nullptr;
            if (meant != nullptr) meant->emplace();
        }
        if (meant == nullptr) continue;
        if (field.tag == tag::kLongQty) reader.read(tag::kLongQty, value, (*meant)->long_quantity);
        if (field.tag == tag::kShortQty) reader.read(tag::kShortQty, value, (*meant)->short_quantity);
    }
    return total ? total : transacted;
}

void read_net(ValueReader& reader, const MessageIndex& message, const Answer& found, Quantity& net) {
    reader.require(tag::kNoPositions, found[tag::kNoPositions]);
    if (found[tag::kNoPositions] == "0") return;
    const auto amount = amount_of(reader, message);
    if (!amount) return reader.complain(tag::kPosType, {}, "must be TOT or TQ of one position");
    const auto difference = subtract(amount->long_quantity, amount->short_quantity);
    if (!difference) return reader.complain(tag::kLongQty, {}, "less ShortQty(705) has no number");
    net = *difference;
}

}  // namespace

std::optional<oms::InputBody> decode_position(ValueReader& reader, const MessageIndex& message,
                                              const VenueContext& context) {
    const Answer found(message);
    oms::VenuePositionTold fact;
    fact.venue = context.venue;
    fact.request = oms::parse_position_request_id(context.ids, found[tag::kPosReqId]);
    fact.text = Text::truncated(found[tag::kText]);
    reader.read(tag::kTotalNumPosReports, found[tag::kTotalNumPosReports], fact.total);
    const std::string_view result = found[tag::kPosReqResult];
    if (result == kNoneFound) {
        fact.answer = oms::PositionAnswer::Nothing;
        return fact;
    }
    if ((!result.empty() && result != kValid) || found[tag::kPosReqStatus] == kRejected) {
        fact.answer = oms::PositionAnswer::Refused;
        return fact;
    }
    if (message.msg_type() == "AO") {
        const bool is_nothing = found[tag::kTotalNumPosReports] == "0";
        fact.answer = is_nothing ? oms::PositionAnswer::Nothing : oms::PositionAnswer::Begun;
        return fact;
    }
    reader.read(tag::kAccount, found[tag::kAccount], fact.account);
    reader.require(tag::kSymbol, found[tag::kSymbol]);
    reader.read(tag::kSymbol, found[tag::kSymbol], fact.symbol);
    read_net(reader, message, found, fact.net);
    return fact;
}

}  // namespace penstock::fix
