#include "risk/pre_trade.hpp"

#include "risk/checks/max_notional.hpp"
#include "risk/checks/max_quantity.hpp"
#include "risk/checks/price_collar.hpp"
#include "risk/checks/reference_age.hpp"

namespace penstock::risk {

std::optional<oms::Denial> check_order(const OrderTerms& terms, const AccountLimits* limits,
                                       const std::optional<marketdata::Reference>& reference, Timestamp now) {
    if (limits == nullptr || !limits->max_quantity || !limits->max_notional || !limits->collar_percent)
        return oms::Denial{oms::Reason::NoLimits, {}, {}};
    if (auto no = check_max_quantity(terms.quantity, *limits->max_quantity)) return no;
    if (auto no = check_reference_age(reference, now, limits->max_reference_age)) return no;
    // A market order is valued at the reference: it has no price of its own.
    const Price unit = terms.worth.value_or(terms.limit.value_or(reference->price));
    if (auto no = check_max_notional(unit, terms.quantity, *limits->max_notional)) return no;
    if (terms.limit) return check_price_collar(*terms.limit, reference->price, *limits->collar_percent);
    return std::nullopt;
}

}  // namespace penstock::risk
