#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "fix/codec/message_index.hpp"
#include "gateways/sim/engine_types.hpp"

namespace penstock::sim {

/// What can be in a D, F, G, H, AF or q. Read leniently: what is absent keeps its default, and the first
/// thing that cannot be served is in `refusal` and `problem`. Whether a field may be absent at all is
/// the session's question. The views look into the message.
struct OrderMessage {
    ClOrdId cl_ord_id;
    ClOrdId orig_cl_ord_id;
    VenueOrderId order_id;
    RequestId request_id;  // OrdStatusReqID(790) or MassStatusReqID(584)
    AccountName account;
    Symbol symbol;
    Side side = Side::Buy;
    OrderType type = OrderType::Limit;
    TimeInForce time_in_force = TimeInForce::Day;
    Quantity quantity;
    std::optional<Price> limit;
    char mass_type = 0;  // MassCancelRequestType(530) or MassStatusReqType(585)
    bool poss_resend = false;
    std::string_view text;
    std::string_view tag_value;  // of the behaviour tag
    Refusal refusal = Refusal::None;
    Text problem;  // names tag and value when `refusal` is set
};

/// Nothing when an id the answer would have to carry is too long to echo; then `problem` says which.
std::optional<OrderMessage> read_order_message(const fix::MessageIndex& message, std::uint32_t behaviour_tag,
                                               Text& problem);

/// MarketDataRequest(V).
struct MarketDataMessage {
    RequestId request_id;
    char subscription = 0;  // SubscriptionRequestType(263)
    std::string_view depth;
    bool bid = false;
    bool offer = false;
    bool trade = false;
    bool other_types = false;  // an MDEntryType(269) not offered was asked for
    std::vector<Symbol> symbols;
    bool unreadable_symbol = false;
};

/// Nothing when MDReqID(262) is too long to echo.
std::optional<MarketDataMessage> read_market_data_message(const fix::MessageIndex& message);

}  // namespace penstock::sim
