#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "tests/oms/engine/trading_day.hpp"
#include "tests/oms/words.hpp"

// More at once than one step does: the rest follows in slices of work, and nothing is lost or overtaken.

namespace penstock::oms {
namespace {

using tests::id;
using tests::px;

constexpr int kMany = 300;  // more than a step sends, looks at or runs
static_assert(kMany > kMaxTriggeredPerStep && kMany > kMaxPegsPerStep && kMany > kMaxTimersPerStep);

/// A core with many orders of one kind, and what each later step causes.
class Crowd {
  public:
    template <class Change>
    explicit Crowd(Change&& change) {
        for (const InputBody& body : opening()) step(body);
        for (int i = 0; i < kMany; ++i) {
            NewOrder order = order_named("a" + std::to_string(i), "1");
            order.conditions.emplace();
            change(order);
            step(order);
        }
    }

    void step(const InputBody& body, Duration later = Duration{}) {
        time_ = time_ + later;
        outbox_.clear();
        core_.step({{++seq_}, time_, {}, body}, outbox_);
    }
    /// The orders that were told of in the last step with this report.
    std::vector<std::uint64_t> told(ExecType type) const {
        std::vector<std::uint64_t> orders;
        for (const Output& output : outbox_.view())
            if (const auto* report = std::get_if<ExecutionReport>(&output))
                if (report->exec_type == type) orders.push_back(report->order_id.value);
        return orders;
    }
    /// The orders that went to a venue in the last step.
    std::vector<std::uint64_t> routed() const {
        std::vector<std::uint64_t> orders;
        for (const Output& output : outbox_.view())
            if (const auto* decision = std::get_if<RoutingDecision>(&output))
                orders.push_back(decision->order_id.value);
        return orders;
    }
    template <class Message>
    int sent() const {
        int count = 0;
        for (const Output& output : outbox_.view()) count += std::holds_alternative<Message>(output) ? 1 : 0;
        return count;
    }
    const Core& core() const { return core_; }

  private:
    Core core_{Capacity{.orders = 400, .requests = 400, .fills = 1}};
    Outbox outbox_;
    std::uint64_t seq_ = 0;
    Timestamp time_{1'000'000'000};
};

QuoteChanged quote(std::string_view bid, std::string_view ask, std::string_view last) {
    QuoteChanged body;
    body.venue = {1};
    body.symbol = id<Symbol>("XYZ");
    body.bid = px(bid);
    body.ask = px(ask);
    body.last = px(last);
    return body;
}

void sell_stop_limit(NewOrder& order) {
    order.side = Side::Sell;
    order.type = OrderType::StopLimit;
    order.limit = px("9");
    order.conditions->stop = px("9.5");
}

TEST(ManyConditions, StopsMetByOnePriceAreSentOldestFirstInSlices) {
    Crowd crowd(sell_stop_limit);
    crowd.step(quote("9.4", "9.6", "9.5"));
    auto triggered = crowd.told(ExecType::Triggered);
    EXPECT_EQ(crowd.sent<VenueNewOrder>(), kMaxTriggeredPerStep);
    EXPECT_TRUE(crowd.core().has_work());
    // The price goes back meanwhile: what was met stays so, and cannot be changed any more.
    crowd.step(quote("9.8", "10", "9.9"));
    const auto rest = crowd.told(ExecType::Triggered);
    triggered.insert(triggered.end(), rest.begin(), rest.end());
    ASSERT_EQ(triggered.size(), std::size_t{kMany});
    for (std::size_t i = 0; i < triggered.size(); ++i) EXPECT_EQ(triggered[i], i + 1);
    EXPECT_FALSE(crowd.core().has_work());
}

TEST(ManyConditions, AStopThatWaitsToBeSentCannotBeMovedButMayBeAmendedOrCancelled) {
    Crowd crowd(sell_stop_limit);
    crowd.step(quote("9.4", "9.6", "9.5"));
    AmendOrder amend;
    amend.session = {1};
    amend.cl_ord_id = id<ClOrdId>("b1");
    amend.orig_cl_ord_id = id<ClOrdId>("a298");
    amend.symbol = id<Symbol>("XYZ");
    amend.side = Side::Sell;
    amend.type = OrderType::StopLimit;
    amend.quantity = tests::qty("2");
    amend.limit = px("9");
    amend.conditions.emplace();
    amend.conditions->stop = px("9.2");
    crowd.step(amend);
    EXPECT_EQ(crowd.sent<CancelReject>(), 1);
    amend.cl_ord_id = id<ClOrdId>("b2");
    amend.conditions->stop = px("9.5");
    crowd.step(amend);
    EXPECT_EQ(crowd.told(ExecType::Replaced).size(), 1U);
    CancelOrder cancel{{1}, id<ClOrdId>("b3"), id<ClOrdId>("a297"), id<Symbol>("XYZ"), Side::Sell, {}};
    crowd.step(cancel);
    EXPECT_EQ(crowd.told(ExecType::Canceled).size(), 1U);
    crowd.step(ContinueWork{});
    EXPECT_EQ(crowd.sent<VenueNewOrder>(), kMany - kMaxTriggeredPerStep - 1);
    EXPECT_FALSE(crowd.core().has_work());
}

TEST(ManyConditions, PegsAreMovedInSlicesAndABookThatMovesAgainIsLookedAtFromItsBeginning) {
    Crowd crowd([](NewOrder& order) {
        order.type = OrderType::Pegged;
        order.limit.reset();
        order.conditions->peg = PegKind::Primary;
    });
    for (std::uint64_t child = 1; child <= kMany; ++child) crowd.step(VenueAccepted{report_on(child, 0)});
    crowd.step(quote("10", "10.02", "10"));
    EXPECT_EQ(crowd.sent<VenueAmendOrder>(), kMaxPegsPerStep);
    crowd.step(quote("10", "10.03", "10"));
    EXPECT_EQ(crowd.sent<VenueAmendOrder>(), 0);
    EXPECT_TRUE(crowd.core().has_work());
    crowd.step(ContinueWork{});
    EXPECT_EQ(crowd.sent<VenueAmendOrder>(), kMany - kMaxPegsPerStep);
    EXPECT_FALSE(crowd.core().has_work());
}

TEST(ManyConditions, APegThatHasUsedUpItsRequestsStaysWhereItIsAndTheDeskIsToldOnce) {
    bool is_first = true;
    Crowd crowd([&](NewOrder& order) {
        if (!std::exchange(is_first, false)) return;
        order.type = OrderType::Pegged;
        order.limit.reset();
        order.conditions->peg = PegKind::Primary;
    });
    crowd.step(VenueAccepted{report_on(1, 0)});
    constexpr std::uint32_t kMost = kMaxRevisionsPerChild - kRevisionsKeptForCancels - kMaxRequestsPerOrder;
    for (std::uint32_t revision = 1; revision <= kMost; ++revision) {
        crowd.step(quote(revision % 2 == 0 ? "10" : "10.01", "10.02", "10"));
        ASSERT_EQ(crowd.sent<VenueAmendOrder>(), 1) << revision;
        VenueAmended amended;
        amended.report = report_on(1, revision);
        amended.quantity = tests::qty("1");
        crowd.step(amended);
        ASSERT_EQ(crowd.sent<Alarm>(), 0) << revision;
    }
    int alarms = 0;
    for (const char* bid : {"9.97", "9.98", "9.96"}) {
        crowd.step(quote(bid, "10.02", "10"));
        EXPECT_EQ(crowd.sent<VenueAmendOrder>(), 0);
        alarms += crowd.sent<Alarm>();
    }
    EXPECT_EQ(alarms, 1);
    CancelOrder cancel{{1}, id<ClOrdId>("b1"), id<ClOrdId>("a0"), id<Symbol>("XYZ"), Side::Buy, {}};
    crowd.step(cancel);
    EXPECT_EQ(crowd.sent<VenueCancelOrder>(), 1);
}

TEST(ManyConditions, DatesThatComeAtOnceAreHandledInSlices) {
    Crowd crowd([](NewOrder& order) {
        order.time_in_force = TimeInForce::Gtd;
        order.conditions->expire_time = Timestamp{60'000'000'000};
        order.conditions->held = true;
    });
    crowd.step(TimePassed{}, Duration::seconds(60));
    EXPECT_EQ(crowd.told(ExecType::Expired).size(), std::size_t{kMaxTimersPerStep});
    crowd.step(TimePassed{});
    EXPECT_EQ(crowd.told(ExecType::Expired).size(), std::size_t{kMany - kMaxTimersPerStep});
    EXPECT_FALSE(crowd.core().awaits_answers());
}

TEST(ManyConditions, TheEndOfADayIsDoneInSlicesAndAPriceMeanwhileSendsNothing) {
    Crowd crowd(sell_stop_limit);
    const Timestamp first{1'000'000'000};
    crowd.step(TradingDayBegan{{1}, first, first + Duration::seconds(60)});
    crowd.step(TradingDayBegan{{1}, first + Duration::seconds(60), first + Duration::seconds(120)},
               Duration::seconds(60));
    EXPECT_EQ(crowd.told(ExecType::Expired).size(), kMaxBulkOrdersPerStep);
    // The price that the others wait for comes before their turn.
    crowd.step(quote("9.4", "9.6", "9.5"));
    EXPECT_EQ(crowd.sent<VenueNewOrder>(), 0);
    EXPECT_EQ(crowd.told(ExecType::Expired).size(), kMany - kMaxBulkOrdersPerStep);
    crowd.step(ContinueWork{});
    EXPECT_EQ(crowd.told(ExecType::Expired).size(), 0U);
    EXPECT_FALSE(crowd.core().has_work());
}

TEST(ManyConditions, OrdersThatWaitedForTheirVenueGoOldestFirstInSlices) {
    static_assert(kMany > kMaxBulkOrdersPerStep);
    Crowd crowd([](NewOrder& order) { order.conditions->effective_time = Timestamp{60'000'000'000}; });
    crowd.step(SessionChanged{{2}, false});
    crowd.step(TimePassed{}, Duration::seconds(60));
    crowd.step(TimePassed{});
    EXPECT_EQ(crowd.sent<VenueNewOrder>(), 0);
    crowd.step(SessionChanged{{2}, true});
    EXPECT_EQ(crowd.sent<VenueNewOrder>(), kMaxBulkOrdersPerStep);
    std::vector<std::uint64_t> sent = crowd.routed();
    EXPECT_TRUE(crowd.core().has_work());
    // One is cancelled before its turn, and the venue goes once more in between: what is left waits on.
    crowd.step(CancelOrder{{1}, id<ClOrdId>("b1"), id<ClOrdId>("a297"), id<Symbol>("XYZ"), Side::Buy, {}});
    crowd.step(SessionChanged{{2}, false});
    crowd.step(ContinueWork{});
    EXPECT_EQ(crowd.sent<VenueNewOrder>(), 0);
    crowd.step(SessionChanged{{2}, true});
    const auto rest = crowd.routed();
    sent.insert(sent.end(), rest.begin(), rest.end());
    EXPECT_EQ(sent.size(), std::size_t{kMany - 1});
    EXPECT_TRUE(std::ranges::is_sorted(sent));
    EXPECT_FALSE(crowd.core().has_work());
}

}  // namespace
}  // namespace penstock::oms
