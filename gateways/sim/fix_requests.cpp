#include "gateways/sim/fix_requests.hpp"

#include <string>

namespace penstock::sim {
namespace {

void refuse(OrderMessage& made, Refusal refusal, std::string_view what, std::string_view value) {
    if (made.refusal != Refusal::None) return;
    made.refusal = refusal;
    made.problem = Text::truncated(std::string(what) + ": '" + std::string(value) + "'");
}

/// Copies an id. False when it is too long: an id is echoed whole or not at all.
template <class Id>
bool read_id(const fix::MessageIndex& message, std::uint32_t tag, Id& id) {
    const auto value = message.find(tag);
    if (!value) return true;
    const auto made = Id::from(*value);
    if (!made) return false;
    id = *made;
    return true;
}

char first_character(const fix::MessageIndex& message, std::uint32_t tag) {
    const auto value = message.find(tag);
    return value && value->size() == 1 ? value->front() : '\0';
}

void read_choices(const fix::MessageIndex& message, OrderMessage& made) {
    if (const auto side = message.find(54)) {
        const bool offered = *side == "1" || *side == "2" || *side == "5" || *side == "6";
        if (offered) made.side = static_cast<Side>(side->front());
        if (!offered) refuse(made, Refusal::UnsupportedCharacteristic, "Side(54) not offered", *side);
    }
    if (const auto type = message.find(40)) {
        const bool offered = *type == "1" || *type == "2";
        if (offered) made.type = static_cast<OrderType>(type->front());
        if (!offered) refuse(made, Refusal::UnsupportedCharacteristic, "OrdType(40) not offered", *type);
    }
    if (const auto time = message.find(59)) {
        const bool offered = *time == "0" || *time == "1" || *time == "3" || *time == "4";
        if (offered) made.time_in_force = static_cast<TimeInForce>(time->front());
        if (!offered) refuse(made, Refusal::UnsupportedCharacteristic, "TimeInForce(59) not offered", *time);
    }
}

void read_numbers(const fix::MessageIndex& message, OrderMessage& made) {
    if (const auto quantity = message.find(38)) {
        const auto parsed = Quantity::parse(*quantity);
        if (parsed) made.quantity = *parsed;
        if (!parsed) refuse(made, Refusal::InvalidQuantity, "OrderQty(38) does not fit", *quantity);
    }
    const auto price = message.find(44);
    if (!price || made.type == OrderType::Market) return;
    const auto parsed = Price::parse(*price);
    if (parsed) made.limit = *parsed;
    if (!parsed) refuse(made, Refusal::InvalidPrice, "Price(44) does not fit", *price);
}

}  // namespace

std::optional<OrderMessage> read_order_message(const fix::MessageIndex& message, std::uint32_t behaviour_tag,
                                               Text& problem) {
    OrderMessage made;
    const auto too_long = [&](std::string_view field) {
        problem = Text::truncated(std::string(field) + " is longer than this venue takes");
        return std::nullopt;
    };
    if (!read_id(message, 11, made.cl_ord_id)) return too_long("ClOrdID(11)");
    if (!read_id(message, 41, made.orig_cl_ord_id)) return too_long("OrigClOrdID(41)");
    if (!read_id(message, 37, made.order_id)) return too_long("OrderID(37)");
    if (!read_id(message, 790, made.request_id)) return too_long("OrdStatusReqID(790)");
    if (!read_id(message, 584, made.request_id)) return too_long("MassStatusReqID(584)");
    if (!read_id(message, 1, made.account)) return too_long("Account(1)");
    if (!read_id(message, 55, made.symbol)) return too_long("Symbol(55)");
    made.mass_type = first_character(message, message.msg_type() == "AF" ? 585 : 530);
    made.poss_resend = first_character(message, 97) == 'Y';
    made.text = message.find(58).value_or(std::string_view{});
    made.tag_value = message.find(behaviour_tag).value_or(std::string_view{});
    read_choices(message, made);
    read_numbers(message, made);
    return made;
}

std::optional<MarketDataMessage> read_market_data_message(const fix::MessageIndex& message) {
    MarketDataMessage made;
    if (!read_id(message, 262, made.request_id)) return std::nullopt;
    made.subscription = first_character(message, 263);
    made.depth = message.find(264).value_or(std::string_view{});
    for (const fix::FieldRef& field : message.fields()) {
        const std::string_view value = message.value(field);
        if (field.tag == 269) {
            if (value == "0")
                made.bid = true;
            else if (value == "1")
                made.offer = true;
            else if (value == "2")
                made.trade = true;
            else
                made.other_types = true;
        }
        if (field.tag != 55) continue;
        const auto symbol = Symbol::from(value);
        if (symbol) made.symbols.push_back(*symbol);
        if (!symbol) made.unreadable_symbol = true;
    }
    return made;
}

}  // namespace penstock::sim
