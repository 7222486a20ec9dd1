#pragma once

#include <span>
#include <variant>

#include "oms/domain/output.hpp"

namespace penstock::router {

/// What the router may know of a venue.
struct VenueView {
    VenueId id;
    bool up = false;            // its session is logged on
    bool is_reconciled = true;  // what works there is known since then
};

/// Where an order wants to go.
struct RouteRequest {
    VenueId explicit_destination;  // ExDestination(100); none: not given
    VenueId default_venue;         // of the instrument; none: not configured
    Quantity quantity;
    bool waits = false;  // it is kept inside for now, so the venue need not be connected yet
};

/// One piece of an order for one venue.
struct ChildPlan {
    VenueId venue;
    Quantity quantity;

    friend bool operator==(const ChildPlan&, const ChildPlan&) = default;
};

/// Chooses the venue: the explicit destination if there is one, else the instrument's own. Never a
/// venue that is not connected, or whose open orders are not confirmed yet: an order must not wait unseen.
std::variant<ChildPlan, oms::Denial> plan(const RouteRequest& request, std::span<const VenueView> venues);

}  // namespace penstock::router
