#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "oms/engine/replay.hpp"
#include "tests/oms/engine/model_venue.hpp"
#include "tests/oms/engine/trading_day.hpp"
#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

using tests::id;

constexpr Capacity kRoomy{.orders = 64, .requests = 256, .fills = 512};
constexpr std::array<std::string_view, 3> kLegNames{"l1", "l2", "l3"};

/// A list at a core and two venues that answer when they are told to.
class GroupWorld {
  public:
    GroupWorld() : core_(kRoomy) {
        for (const InputBody& body : opening()) give(body);
    }

    void give(const InputBody& body) {
        Record& record = records_.emplace_back();
        record.input.seq = {records_.size()};
        record.input.time = now_;
        record.input.body = body;
        out_.clear();
        core_.step(record.input, out_);
        record.outputs.assign(out_.view().begin(), out_.view().end());
        for (const Output& output : record.outputs) {
            for (ModelVenue& venue : venues_) venue.send(output);
            hear(output);
        }
    }
    void enter(const std::vector<ListGroup>& groups, const std::vector<ListLeg>& legs) {
        NewList list;
        list.session = {1};
        list.list_id = id<ClOrdId>("L");
        list.legs = static_cast<std::uint32_t>(legs.size());
        list.groups = static_cast<std::uint32_t>(groups.size());
        give(list);
        for (const ListGroup& group : groups) give(group);
        for (const ListLeg& leg : legs) give(leg);
        give(EnterList{{1}, list.list_id});
    }
    /// Connection of the venue's session, which is {2} or {3}.
    void connect(ModelVenue& venue, bool up) {
        if (!up) venue.lose_requests();
        give(SessionChanged{{venue.id().value + 1}, up});
    }
    bool is_up(const ModelVenue& venue) const { return core_.world().directory.is_up(venue.id()); }
    std::array<ModelVenue, 2>& venues() { return venues_; }
    const Order& leg(std::string_view name) const {
        const OrderStore& orders = core_.world().orders;
        return orders[orders.find_order({1}, id<ClOrdId>(name))];
    }
    std::int64_t filled(std::string_view name) const { return leg(name).state.filled.value.mantissa(); }
    std::int64_t quantity(std::string_view name) const { return leg(name).state.quantity.value.mantissa(); }
    bool is_open(std::string_view name) const { return !is_done(leg(name).state.phase); }

    /// Everything is answered, kindly, and no connection is lost any more.
    void heal() {
        for (ModelVenue& venue : venues_) {
            connect(venue, false);
            connect(venue, true);
        }
        for (int rounds = 0; rounds < 20; ++rounds) {
            drain();
            now_ = now_ + Duration::seconds(6);  // whoever waits for an answer asks
            give(TimePassed{});
            if (!venues_[0].has_request() && !venues_[1].has_request()) return;
        }
        RC_FAIL("it does not come to rest");
    }
    void replay_is_the_same() const {
        Core again(kRoomy);
        Outbox scratch;
        for (const Record& record : records_) RC_ASSERT(!replay(again, record, scratch));
        RC_ASSERT(again.state_hash() == core_.state_hash());
    }

    std::int64_t over = 0;      // as last told
    std::int64_t residual = 0;  // as told at entry

  private:
    void drain() {
        for (bool is_quiet = false; !is_quiet;) {
            is_quiet = true;
            for (ModelVenue& venue : venues_) {
                if (!venue.has_request() && !venue.has_answer()) continue;
                is_quiet = false;
                if (venue.has_request()) venue.work(true);
                if (venue.has_answer()) give(venue.take_answer());
            }
        }
    }
    void hear(const Output& output) {
        if (const auto* decision = std::get_if<GroupDecision>(&output))
            if (decision->action == GroupAction::Overfilled) over = decision->over.value.mantissa();
        if (const auto* status = std::get_if<ListStatus>(&output))
            if (status->type == ListStatusType::Ack && status->residual)
                residual = status->residual->value.mantissa();
    }

    Timestamp now_{1'000'000'000};
    Core core_;
    std::array<ModelVenue, 2> venues_{ModelVenue{{1}}, ModelVenue{{2}}};
    std::vector<Record> records_;
    Outbox out_;
};

/// Fills happen at the venues until the world is told to heal.
void live_through(GroupWorld& world) {
    const int length = *rc::gen::inRange(0, 60);
    for (int i = 0; i < length; ++i) {
        ModelVenue& venue = world.venues()[*rc::gen::inRange<std::size_t>(0, 2)];
        switch (*rc::gen::inRange(0, 12)) {
            case 0: world.connect(venue, !world.is_up(venue)); break;
            case 1:
            case 2:
            case 3: venue.fill(*rc::gen::inRange<std::size_t>(0, 3), *rc::gen::inRange(1, 40)); break;
            case 4:
            case 5:
            case 6:
                if (venue.has_request()) venue.work(*rc::gen::inRange(0, 8) != 0);
                break;
            default:
                if (venue.has_answer() && world.is_up(venue)) world.give(venue.take_answer());
        }
    }
    world.heal();
}

ListGroup group(std::uint32_t number, std::uint32_t parent, Contingency contingency,
                OverfillPolicy overfill) {
    ListGroup made;
    made.session = {1};
    made.group = number;
    made.parent = parent;
    made.contingency = contingency;
    made.overfill = overfill;
    return made;
}

ListLeg leg(std::uint32_t number, std::uint32_t in, std::int64_t quantity) {
    ListLeg made;
    made.session = {1};
    made.leg = number;
    made.group = in;
    made.order = order_named(kLegNames[number - 1], "1");
    made.order.quantity = Quantity::whole(quantity);
    made.order.destination = id<VenueName>(*rc::gen::element("X", "Y"));
    return made;
}

OverfillPolicy any_policy() { return *rc::gen::element(OverfillPolicy::Reduce, OverfillPolicy::Block); }

std::int64_t any_size() { return *rc::gen::inRange<std::int64_t>(1, 100); }

RC_GTEST_PROP(GroupProperty, OfOneCancelsOtherOneFillsAndTheRestIsMeasured, ()) {
    GroupWorld world;
    const OverfillPolicy policy = any_policy();
    world.enter({group(1, 0, Contingency::OneCancelsOther, policy)},
                {leg(1, 1, any_size()), leg(2, 1, any_size()), leg(3, 1, any_size())});
    live_through(world);
    std::int64_t sum = 0;
    std::int64_t most = 0;
    int open = 0;
    for (const auto name : kLegNames) {
        sum += world.filled(name);
        most = std::max(most, world.filled(name));
        if (world.is_open(name)) ++open;
    }
    RC_ASSERT(sum - most == world.over);
    RC_ASSERT(world.over <= world.residual);
    if (policy == OverfillPolicy::Block) RC_ASSERT(world.over == 0);
    if (most > 0) RC_ASSERT(open <= 1);
    if (world.over > 0) RC_ASSERT(open == 0);
    world.replay_is_the_same();
}

RC_GTEST_PROP(GroupProperty, OfOneUpdatesOtherNoMoreFillsThanIsMeantAndMeasured, ()) {
    GroupWorld world;
    const OverfillPolicy policy = any_policy();
    const std::array<std::int64_t, 3> sizes{any_size(), any_size(), any_size()};
    world.enter({group(1, 0, Contingency::OneUpdatesOther, policy)},
                {leg(1, 1, sizes[0]), leg(2, 1, sizes[1]), leg(3, 1, sizes[2])});
    live_through(world);
    std::int64_t sum = 0;
    for (const auto name : kLegNames) sum += world.filled(name);
    const std::int64_t meant = std::max({sizes[0], sizes[1], sizes[2]});
    RC_ASSERT(std::max<std::int64_t>(sum - meant, 0) == world.over);
    RC_ASSERT(world.over <= world.residual);
    if (policy == OverfillPolicy::Block) RC_ASSERT(world.over == 0);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (!world.is_open(kLegNames[i])) continue;
        const std::int64_t by_others = sum - world.filled(kLegNames[i]);
        RC_ASSERT(world.quantity(kLegNames[i]) == sizes[i] - by_others);
    }
    world.replay_is_the_same();
}

RC_GTEST_PROP(GroupProperty, AShareTakesTheSameShareRoundedDown, ()) {
    GroupWorld world;
    const std::array<std::int64_t, 2> sizes{any_size(), any_size()};
    world.enter({group(1, 0, Contingency::OneUpdatesOtherProportional, any_policy())},
                {leg(1, 1, sizes[0]), leg(2, 1, sizes[1])});
    live_through(world);

    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (!world.is_open(kLegNames[i])) continue;
        const std::int64_t by_other = world.filled(kLegNames[1 - i]);
        const std::int64_t of = sizes[1 - i];
        RC_ASSERT(world.quantity(kLegNames[i]) == sizes[i] * (of - by_other) / of);
    }
    world.replay_is_the_same();
}

RC_GTEST_PROP(GroupProperty, AChildNeverExceedsItsParentsFillsAndEqualsThemWhenQuiet, ()) {
    GroupWorld world;
    ListGroup outer = group(1, 0, Contingency::OneTriggersOther, OverfillPolicy::Reduce);
    outer.release = *rc::gen::element(ReleaseOn::EachFill, ReleaseOn::FullFill);
    const std::int64_t parent = any_size();
    const std::int64_t child = any_size();
    world.enter({outer}, {leg(1, 1, parent), leg(2, 1, child)});
    live_through(world);
    const std::int64_t follows = child * world.filled("l1") / parent;
    RC_ASSERT(world.filled("l2") <= follows);
    RC_ASSERT(world.over == 0);
    const bool has_come = outer.release == ReleaseOn::EachFill ? follows > 0 : !world.is_open("l1");
    if (world.is_open("l2") && has_come && follows > 0) RC_ASSERT(world.quantity("l2") == follows);
    if (!world.is_open("l1") && world.filled("l1") == 0) RC_ASSERT(!world.is_open("l2"));
    world.replay_is_the_same();
}

RC_GTEST_PROP(GroupProperty, TheExitsOfABracketCloseNoMoreThanFilledButForWhatIsMeasured, ()) {
    GroupWorld world;
    const OverfillPolicy policy = any_policy();
    const Contingency exits = *rc::gen::element(Contingency::OneCancelsOther, Contingency::OneUpdatesOther);
    const std::int64_t size = any_size();
    world.enter(
        {group(1, 0, Contingency::OneTriggersOther, OverfillPolicy::Reduce), group(2, 1, exits, policy)},
        {leg(1, 1, size), leg(2, 2, size), leg(3, 2, size)});
    live_through(world);
    const std::int64_t closed = world.filled("l2") + world.filled("l3");
    RC_ASSERT(closed <= world.filled("l1") + world.over);
    RC_ASSERT(world.over <= world.residual);
    if (policy == OverfillPolicy::Block) RC_ASSERT(world.over == 0);
    const std::int64_t open = world.filled("l1") - closed;
    for (const auto name : {"l2", "l3"}) {
        // One that waits its turn has no quantity to show for nothing.
        if (!world.is_open(name) || open == 0) continue;
        if (exits == Contingency::OneUpdatesOther)
            RC_ASSERT(world.quantity(name) - world.filled(name) == open);
    }
    world.replay_is_the_same();
}

}  // namespace
}  // namespace penstock::oms
