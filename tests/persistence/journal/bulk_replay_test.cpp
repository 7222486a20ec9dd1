#include <gtest/gtest.h>

#include <set>

#include "oms/engine/pipeline.hpp"
#include "oms/engine/replay.hpp"
#include "tests/oms/words.hpp"
#include "tests/persistence/journal/test_journal.hpp"

// Work on a hundred thousand orders through the real pipeline and the real journal: in slices, across a
// crash.

namespace penstock::persistence {
namespace {

using tests::id;
using tests::px;
using tests::qty;

constexpr std::uint32_t kOrders = 100'000;
constexpr oms::Capacity kCapacity{.orders = 150'000, .requests = 1'000, .fills = 1'000, .refusals = 1'000};
constexpr SessionId kClient{1};
constexpr SessionId kOther{2};
constexpr SessionId kVenue{3};

class StillClock final : public oms::Clock {
  public:
    Timestamp now() override { return time; }
    Timestamp time{1'000'000'000'000'000'000};
};

/// What left, counted.
class Counts final : public oms::Egress {
  public:
    void stage(Seq, Timestamp, std::span<const oms::Output> outputs, oms::Staged&) override {
        largest = std::max(largest, outputs.size());
        for (const oms::Output& output : outputs) count(output);
    }
    void release(Seq) override {}

    std::set<std::uint64_t> cancelled;  // children
    std::size_t cancels = 0;
    std::vector<oms::MassCancelReport> reports;
    std::vector<oms::ExecutionReport> statuses;
    std::size_t largest = 0;  // outputs of one step

  private:
    void count(const oms::Output& output) {
        if (const auto* cancel = std::get_if<oms::VenueCancelOrder>(&output)) {
            ++cancels;
            cancelled.insert(cancel->child.value);
        }
        if (const auto* report = std::get_if<oms::MassCancelReport>(&output)) reports.push_back(*report);
        const auto* report = std::get_if<oms::ExecutionReport>(&output);
        if (report != nullptr && !report->request_id.empty()) statuses.push_back(*report);
    }
};

/// A process: core, pipeline and journal over one directory.
struct Process {
    explicit Process(const std::filesystem::path& directory) {
        settings = quiet_settings(directory, Durability::Process);
        settings.segment_bytes = std::uint64_t{64} << 20U;
        auto opened = SegmentJournal::open(settings);
        EXPECT_TRUE(opened.journal) << opened.error.text;
        journal = std::move(opened.journal);
        oms::Outbox scratch;
        const Recovery recovery = journal->recover([&](const oms::Record& record) {
            largest_record = std::max(largest_record, record.outputs.size());
            clock.time = record.input.time;
            const auto difference = oms::replay(core, record, scratch);
            EXPECT_FALSE(difference) << *difference;
            return !difference;
        });
        EXPECT_FALSE(recovery.error);
        pipeline.emplace(core, *journal, clock);
        pipeline->continue_after(recovery.last, clock.time);
        pipeline->add_egress(counts);
    }

    void accept(const oms::InputBody& body) { pipeline->accept(body, {}, {}); }
    /// One turn of the loop. False when nothing is left to do.
    bool turn() {
        pipeline->end_turn();
        return core.has_work() || journal->durable() != pipeline->last();
    }
    void settle() {
        while (turn()) {
        }
    }
    std::size_t open_of(SessionId session) const {
        std::size_t open = 0;
        core.world().orders.for_each_open(session, [&](Slot<oms::Order>) { ++open; });
        return open;
    }

    JournalSettings settings;
    oms::Core core{kCapacity};
    StillClock clock;
    Counts counts;
    std::unique_ptr<SegmentJournal> journal;
    std::optional<oms::Pipeline> pipeline;
    std::size_t largest_record = 0;

    template <class T>
    using Slot = oms::Slot<T>;
};

void enter(Process& process, SessionId session, const std::string& cl_ord_id) {
    oms::NewOrder order;
    order.session = session;
    order.cl_ord_id = id<ClOrdId>(cl_ord_id);
    order.symbol = id<Symbol>("XYZ");
    order.quantity = qty("100");
    order.limit = px("10");
    process.accept(order);
}

void open_market(Process& process, const oms::DefineSession& client) {
    process.accept(oms::DefineAccount{id<AccountName>("ACC")});
    process.accept(oms::SetLimits{
        id<AccountName>("ACC"), qty("1000"), px("1000000"), Decimal::whole(10), Duration::seconds(3600)});
    process.accept(client);
    process.accept(
        oms::DefineSession{id<SessionName>("B"), oms::SessionRole::Client, id<AccountName>("ACC")});
    process.accept(oms::DefineSession{id<SessionName>("X"), oms::SessionRole::Venue, {}});
    process.accept(oms::PermitAccount{id<SessionName>("A"), id<AccountName>("ACC")});
    process.accept(oms::PermitAccount{id<SessionName>("B"), id<AccountName>("ACC")});
    oms::DefineVenue venue;
    venue.name = id<VenueName>("X");
    venue.session = id<SessionName>("X");
    process.accept(venue);
    process.accept(oms::DefineInstrument{id<Symbol>("XYZ"), id<VenueName>("X")});
    process.accept(oms::QuoteChanged{VenueId{1}, id<Symbol>("XYZ"), px("9.99"), px("10.01"), {}});
    process.accept(oms::SessionChanged{kVenue, true});
    process.accept(oms::SessionChanged{kClient, true});
}

oms::DefineSession plain_client() {
    return {id<SessionName>("A"), oms::SessionRole::Client, id<AccountName>("ACC")};
}

void enter_many(Process& process) {
    for (std::uint32_t i = 1; i <= kOrders; ++i) {
        enter(process, kClient, "a" + std::to_string(i));
        if (i % 10'000 == 0) enter(process, kOther, "b" + std::to_string(i));
        if (i % 1'000 == 0) process.pipeline->end_turn();
    }
    process.settle();
}

oms::MassCancel mass_cancel() {
    oms::MassCancel cancel;
    cancel.session = kClient;
    cancel.cl_ord_id = id<ClOrdId>("m1");
    return cancel;
}

TEST(BulkReplay, MassCancelOfAHundredThousandLeavesNoneOutAndTakesNoneIn) {
    const TemporaryDirectory directory(Where::Memory);
    std::uint64_t hash = 0;
    {
        Process process(directory.path());
        open_market(process, plain_client());
        enter_many(process);
        process.accept(mass_cancel());
        int late = 0;
        while (process.turn())
            if (late < 100) enter(process, kClient, "late" + std::to_string(++late));
        EXPECT_EQ(late, 100);  // entered between the slices: not meant
        EXPECT_EQ(process.counts.cancels, kOrders);
        EXPECT_EQ(process.counts.cancelled.size(), kOrders);
        ASSERT_EQ(process.counts.reports.size(), 1U);
        EXPECT_EQ(process.counts.reports[0].affected, kOrders);
        EXPECT_TRUE(process.counts.reports[0].accepted);
        EXPECT_LE(process.counts.largest, 2 * oms::kMaxBulkOrdersPerStep + 1);
        hash = process.core.state_hash();
        process.journal->close();
    }
    const Process again(directory.path());
    EXPECT_EQ(again.core.state_hash(), hash);
    EXPECT_EQ(again.open_of(kOther), kOrders / 10'000);
}

TEST(BulkReplay, MassCancelGoesOnWhereACrashLeftIt) {
    const TemporaryDirectory directory(Where::Memory);
    const TemporaryDirectory after_crash(Where::Memory);
    std::size_t before = 0;
    {
        Process process(directory.path() / "journal");
        open_market(process, plain_client());
        enter_many(process);
        process.accept(mass_cancel());
        for (int turn = 0; turn < 50; ++turn) process.turn();
        EXPECT_TRUE(process.core.has_work());
        copy_directory(directory.path() / "journal", after_crash.path() / "journal");
        before = process.counts.cancels;
        process.journal->close();
    }
    Process process(after_crash.path() / "journal");
    // A start finds the venue away. What was not sent yet is promised, and goes when it is back.
    EXPECT_TRUE(process.core.has_work());
    process.accept(oms::SessionChanged{kVenue, false});
    process.settle();
    ASSERT_EQ(process.counts.reports.size(), 1U);
    EXPECT_EQ(process.counts.reports[0].affected, kOrders);
    process.accept(oms::SessionChanged{kVenue, true});
    process.settle();
    EXPECT_EQ(before + process.counts.cancels, kOrders);
    EXPECT_EQ(process.counts.cancels, process.counts.cancelled.size());
}

TEST(BulkReplay, MassStatusTellsAHundredThousandWithTheRightNumber) {
    const TemporaryDirectory directory(Where::Memory);
    Process process(directory.path());
    open_market(process, plain_client());
    enter_many(process);
    oms::MassStatusQuery query;
    query.session = kClient;
    query.request_id = id<RequestId>("s1");
    process.accept(query);
    // A mass cancel overtakes it, and the orders are told of all the same.
    process.accept(mass_cancel());
    process.settle();
    ASSERT_EQ(process.counts.statuses.size(), kOrders);
    for (const oms::ExecutionReport& status : process.counts.statuses)
        ASSERT_EQ(status.total_reports, kOrders);
    EXPECT_TRUE(process.counts.statuses.back().last_report);
    EXPECT_FALSE(process.counts.statuses[kOrders / 2].last_report);
    EXPECT_EQ(process.counts.cancels, kOrders);
    EXPECT_EQ(process.counts.reports.at(0).affected, kOrders);
    process.journal->close();
}

TEST(BulkReplay, OrdersOfALostClientGoAfterTheVenueIsBack) {
    const TemporaryDirectory directory(Where::Memory);
    Process process(directory.path());
    oms::DefineSession client = plain_client();
    client.cancel_on_disconnect = true;
    open_market(process, client);
    enter_many(process);
    process.accept(oms::SessionChanged{kVenue, false});
    process.accept(oms::SessionChanged{kClient, false});
    process.settle();
    EXPECT_EQ(process.counts.cancels, 0U);
    EXPECT_EQ(process.core.world().orders.awaiting_venue(), kOrders);
    process.accept(oms::SessionChanged{kVenue, true});
    process.settle();
    EXPECT_EQ(process.counts.cancelled.size(), kOrders);
    EXPECT_EQ(process.core.world().orders.awaiting_venue(), 0U);
    process.journal->close();
}

}  // namespace
}  // namespace penstock::persistence
