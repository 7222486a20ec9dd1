#include <algorithm>
#include <string>

#include "oms/engine/handlers/entry.hpp"
#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/links.hpp"
#include "oms/engine/handlers/lists.hpp"
#include "oms/engine/handlers/reports.hpp"

// How a list comes in: told piece by piece, then taken as a whole or refused as a whole.

namespace penstock::oms {
namespace {

/// Only the first thing found wrong is told.
void deny(StagedList& list, const Denial& denial, std::uint32_t leg = 0) {
    if (list.denial.reason != Reason::None) return;
    list.denial = denial;
    list.denied_leg = leg;
}

Denial too_many(std::uint32_t count) {
    return {
        Reason::TooManyLegs, Notional::of(Decimal::whole(count)), Notional::of(Decimal::whole(kMaxListLegs))};
}

Denial out_of_order(std::uint32_t number, std::size_t expected) {
    return {Reason::ListIncomplete, Notional::of(Decimal::whole(number)),
            Notional::of(Decimal::whole(static_cast<std::int64_t>(expected)))};
}

/// The lowest leg whose ClOrdID one before it has; zero when there is none.
std::uint32_t first_repeated(const StagedList& list) {
    std::vector<std::uint32_t> sorted(list.legs.size());
    for (std::uint32_t i = 0; i < sorted.size(); ++i) sorted[i] = i;
    std::ranges::sort(sorted, [&](std::uint32_t a, std::uint32_t b) {
        const auto& left = list.legs[a].order.cl_ord_id;
        const auto& right = list.legs[b].order.cl_ord_id;
        return left == right ? a < b : left.view() < right.view();
    });
    std::uint32_t repeated = 0;
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        if (list.legs[sorted[i]].order.cl_ord_id != list.legs[sorted[i - 1]].order.cl_ord_id) continue;
        const std::uint32_t leg = list.legs[sorted[i]].leg;
        if (repeated == 0 || leg < repeated) repeated = leg;
    }
    return repeated;
}

/// A ClOrdID that names an order already, or another leg before this one.
void check_ids(const Context& context, StagedList& list) {
    const std::uint32_t repeated = first_repeated(list);
    for (const ListLeg& leg : list.legs) {
        const NewOrder& order = leg.order;
        const bool is_known = !context.orders().find_order(order.session, order.cl_ord_id).is_none() ||
                              context.world.refused.find(order.session, order.cl_ord_id) != nullptr;
        if (is_known || leg.leg == repeated)
            return deny(list, Denial{Reason::DuplicateClOrdId, {}, {}}, leg.leg);
    }
}

/// The lowest leg in each group or below; index: the group's number.
std::vector<std::uint32_t> first_legs(const StagedList& list) {
    std::vector<std::uint32_t> first(list.groups.size() + 1);
    for (const ListLeg& leg : list.legs)
        for (std::uint32_t at = leg.group; at != 0 && first[at] == 0; at = list.groups[at - 1].parent)
            first[at] = leg.leg;
    return first;
}

/// Does a leg wait for another one: does it follow one, or does another one of its group work first?
struct Waits {
    bool follows = false;
    bool takes_turns = false;
};

Waits waits_of(const StagedList& list, const std::vector<std::uint32_t>& first, const ListLeg& leg) {
    Waits waits;
    std::uint32_t member = leg.leg;
    for (std::uint32_t at = leg.group; at != 0; at = list.groups[at - 1].parent) {
        const ListGroup& group = list.groups[at - 1];
        const bool is_first = first[at] == member;
        if (group.contingency == Contingency::OneTriggersOther)
            waits.follows = waits.follows || !is_first;
        else if (group.contingency != Contingency::None && group.overfill == OverfillPolicy::Block)
            waits.takes_turns = waits.takes_turns || !is_first;
        member = first[at];
    }
    return waits;
}

/// Judges a leg as if it came alone, but for what it waits for.
std::optional<Denial> judge_leg(const Context& context, const StagedList& list, const ListLeg& leg,
                                const Waits& waits, Entry& entry) {
    constexpr auto kGroup = static_cast<std::uint8_t>(Hold::Group);
    entry.holds = list.head.waits_for_execute ? static_cast<std::uint8_t>(Hold::List) : 0;
    if (waits.follows || waits.takes_turns) entry.holds |= kGroup;
    entry.follows = waits.follows;
    // It would be in two groups.
    if (leg.order.conditions && !leg.order.conditions->link_id.empty())
        return Denial{Reason::ContradictoryConditions, {}, {}};
    if (const auto no = check_words(context, leg.order, entry)) return no;
    if (const auto no = check_chances(context, leg.order, entry)) return no;
    // What waits for its price inside is no danger to the one that works, and may watch.
    const bool watches = (entry.holds & static_cast<std::uint8_t>(Hold::Trigger)) != 0;
    if (watches && !waits.follows) entry.holds = static_cast<std::uint8_t>(entry.holds & ~unsigned{kGroup});
    return std::nullopt;
}

/// Everything that may speak against a list. What its orders will be, by leg, when nothing does.
std::vector<Entry> judge(const Context& context, StagedList& list) {
    std::vector<Entry> entries;
    if (const auto no = check_list(list)) deny(list, *no);
    if (const auto full = why_nothing_new(context)) deny(list, *full);
    if (list.denial.reason != Reason::None) return entries;
    check_ids(context, list);
    const std::vector<std::uint32_t> first = first_legs(list);
    for (const ListLeg& leg : list.legs) {
        const Waits waits = waits_of(list, first, leg);
        if (const auto no = judge_leg(context, list, leg, waits, entries.emplace_back()))
            deny(list, *no, leg.leg);
    }
    if (list.denial.reason != Reason::None) return entries;
    const auto residual = check_residual(list, entries);
    if (const Denial* no = std::get_if<Denial>(&residual)) deny(list, *no);
    return entries;
}

/// A leg whose ClOrdID is taken gets the answer such an order gets.
bool answer_known_id(const Context& context, const NewOrder& order) {
    const Slot<Order> known = context.orders().find_order(order.session, order.cl_ord_id);
    if (!known.is_none()) {
        answer_known_id(context, order, known);
        return true;
    }
    const RefusedOrder* refused = context.world.refused.find(order.session, order.cl_ord_id);
    if (refused == nullptr) return false;
    answer_known_id(context, order, *refused);
    return true;
}

/// Every order is refused, and the list as a whole says why and because of which.
void refuse_list(const Context& context, const StagedList& list) {
    for (const ListLeg& leg : list.legs) {
        const Denial other{Reason::LegRefused, {}, {}};
        if (answer_known_id(context, leg.order)) continue;
        refuse(context, leg.order, list.denied_leg == 0 || list.denied_leg == leg.leg ? list.denial : other);
    }
    tell_refused(context, list);
}

void enter(const Context& context, const StagedList& list, const std::vector<Entry>& entries) {
    GroupStore& groups = context.world.groups;
    const Slot<OrderList> slot = groups.create_list(list.head.session, list.head.list_id, false);
    groups[slot].waits = list.head.waits_for_execute;
    std::vector<Slot<Group>> by_number(list.groups.size() + 1);
    for (const ListGroup& group : list.groups) {
        by_number[group.group] = groups.create_group(slot, by_number[group.group - 1], group);
        groups[by_number[group.group]].parent = by_number[group.parent];
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
        Entry entry = entries[i];
        entry.leg = groups.create_leg(by_number[list.legs[i].group]);
        bind_leg(context, entry.leg, place(context, list.legs[i].order, entry));
    }
    tell_list(context, slot, {ListStatusType::Ack, status_of(context, slot), {}, {}});
}

}  // namespace

void handle(const Context& context, const NewList& body) {
    StagedList& list = context.world.groups.staged(body.session);
    list = {};
    list.is_open = true;
    list.head = body;
    if (body.refusal) deny(list, Denial{body.refusal->reason, {}, {}});
    if (std::max(body.legs, body.groups) > kMaxListLegs)
        deny(list, too_many(std::max(body.legs, body.groups)));
}

void handle(const Context& context, const ListGroup& body) {
    StagedList& list = context.world.groups.staged(body.session);
    if (body.group != list.groups.size() + 1)
        return deny(list, out_of_order(body.group, list.groups.size() + 1));
    if (list.groups.size() >= kMaxListLegs) return deny(list, too_many(body.group));
    list.groups.push_back(body);
}

void handle(const Context& context, const ListLeg& body) {
    StagedList& list = context.world.groups.staged(body.session);
    if (body.leg != list.legs.size() + 1)
        return deny(list, out_of_order(body.leg, list.legs.size() + 1), body.leg);
    if (list.legs.size() >= kMaxListLegs) return deny(list, too_many(body.leg), body.leg);
    if (body.group == 0 || body.group > list.groups.size())
        return deny(list, out_of_order(body.group, list.groups.size()), body.leg);
    list.legs.push_back(body);
    list.legs.back().order.session = body.session;
}

void handle(const Context& context, const EnterList& body) {
    GroupStore& groups = context.world.groups;
    StagedList& list = groups.staged(body.session);
    if (!list.is_open || list.head.list_id != body.list_id) {
        list = {};
        list.head.session = body.session;
        list.head.list_id = body.list_id;
        deny(list, Denial{Reason::ListIncomplete, {}, {}});
    }
    const Slot<OrderList> known = groups.find(body.session, body.list_id, false);
    if (!known.is_none() && !list.legs.empty() && list.legs.front().order.poss_resend) {
        tell_list(context, known, {ListStatusType::Response, status_of(context, known), {}, {}});
        list = {};
        return;
    }
    if (!known.is_none()) deny(list, Denial{Reason::DuplicateListId, {}, {}});
    const std::vector<Entry> entries = judge(context, list);
    // In whatever order they are made, so that nothing can fail half-way.
    const auto legs = static_cast<std::uint32_t>(list.legs.size());
    const auto parts = static_cast<std::uint32_t>(list.groups.size());
    if (list.denial.reason == Reason::None && !make_room(context, legs, parts))
        deny(list, Denial{Reason::CapacityReached, {}, {}});
    if (list.denial.reason == Reason::None)
        enter(context, list, entries);
    else
        refuse_list(context, list);
    list = {};
}

}  // namespace penstock::oms
