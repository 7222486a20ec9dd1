#include "oms/engine/handlers/last_checks.hpp"

namespace penstock::oms {

std::optional<Denial> check_before_sending(const Context& context, const Order& order,
                                           const risk::OrderTerms& terms) {
    const Directory& directory = context.directory();
    if (!directory[order.session].may_trade_for(order.account))
        return Denial{Reason::AccountNotPermitted, {}, {}};
    return risk::check_order(terms, directory[order.account].known_limits(),
                             context.world.prices.reference(order.instrument), context.now);
}

std::optional<Denial> check_before_sending(const Context& context, const Order& order, Quantity total) {
    const auto limit = order.has_limit ? std::optional{order.limit} : std::nullopt;
    return check_before_sending(context, order, risk::OrderTerms{total, limit});
}

}  // namespace penstock::oms
