#include "router/plan.hpp"

namespace penstock::router {

std::variant<ChildPlan, oms::Denial> plan(const RouteRequest& request, std::span<const VenueView> venues) {
    const VenueId wanted =
        request.explicit_destination.is_none() ? request.default_venue : request.explicit_destination;
    for (const VenueView& venue : venues) {
        if (venue.id != wanted) continue;
        if (!venue.up && !request.waits) return oms::Denial{oms::Reason::VenueNotConnected, {}, {}};
        if (!venue.is_reconciled && !request.waits)
            return oms::Denial{oms::Reason::VenueNotReconciled, {}, {}};
        return ChildPlan{wanted, request.quantity};
    }
    return oms::Denial{oms::Reason::NoRoute, {}, {}};
}

}  // namespace penstock::router
