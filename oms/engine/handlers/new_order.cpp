#include "oms/engine/handlers/entry.hpp"
#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/links.hpp"
#include "oms/engine/handlers/reports.hpp"

namespace penstock::oms {

void handle(const Context& context, const NewOrder& body) {
    // Names and terms first, because the index of ClOrdIDs is far away; but a known id is answered first.
    context.orders().expect_order(body.session, body.cl_ord_id);
    Entry entry;
    std::optional<Denial> no = check_words(context, body, entry);
    const Slot<Order> known = context.orders().find_order(body.session, body.cl_ord_id);
    if (!known.is_none()) return answer_known_id(context, body, known);
    if (const RefusedOrder* refused = context.world.refused.find(body.session, body.cl_ord_id))
        return answer_known_id(context, body, *refused);
    if (const auto full = why_nothing_new(context)) return refuse(context, body, *full);
    if (!no) no = check_chances(context, body, entry);
    if (!no) no = join_link(context, body, entry);
    if (no) return refuse(context, body, *no);
    const Slot<Order> placed = place(context, body, entry);
    if (placed.is_none()) return refuse(context, body, Denial{Reason::CapacityReached, {}, {}});
    if (!entry.leg.is_none()) bind_leg(context, entry.leg, placed);
}

}  // namespace penstock::oms
