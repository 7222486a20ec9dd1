#include "oms/engine/replay.hpp"

#include <gtest/gtest.h>

#include "tests/oms/engine/trading_day.hpp"
#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

constexpr Capacity kSmall{.orders = 20, .requests = 20, .fills = 20};

/// The records of a day, and the place of the first that caused something.
struct Day {
    std::vector<Record> records;
    std::size_t first_order = 0;
};

Day recorded_day() {
    Core core(kSmall);
    Day day{run(core, trading_day()), 0};
    while (day.records[day.first_order].outputs.empty()) ++day.first_order;
    return day;
}

/// What replaying says of the first record that differs; empty when none does.
std::string replayed(const std::vector<Record>& records) {
    Core core(kSmall);
    Outbox scratch;
    for (const Record& record : records)
        if (const auto difference = replay(core, record, scratch)) return *difference;
    return {};
}

void expect_contains(const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n  is not in\n" << text;
}

/// What is expected may come at once, later, or never.
TEST(Replay, ExpectingAnInputChangesNothing) {
    const Day day = recorded_day();
    Core core(kSmall);
    Core expecting(kSmall);
    Outbox scratch;
    for (std::size_t at = 0; at < day.records.size(); ++at) {
        for (const Record& record : day.records) expecting.expect(record.input);
        EXPECT_EQ(expecting.state_hash(), core.state_hash()) << "before record " << at + 1;
        ASSERT_FALSE(replay(core, day.records[at], scratch));
        ASSERT_FALSE(replay(expecting, day.records[at], scratch));
    }
    EXPECT_EQ(expecting.state_hash(), core.state_hash());
}

TEST(Replay, AgreesWithItsOwnRecords) { EXPECT_EQ(replayed(recorded_day().records), ""); }

TEST(Replay, ADifferenceNamesTheSeqAndBothVersions) {
    Day day = recorded_day();
    std::get<RoutingDecision>(day.records[day.first_order].outputs[0]).quantity = tests::qty("99");
    const std::string text = replayed(day.records);
    expect_contains(text, "differs at seq " + std::to_string(day.first_order + 1) + ", output 0");
    expect_contains(text, "input        NewOrder{");
    expect_contains(text, "journal has  RoutingDecision{order_id=1 child=1 venue=1 quantity=99");
    expect_contains(text, "this build   RoutingDecision{order_id=1 child=1 venue=1 quantity=100");
}

TEST(Replay, AnOutputTheJournalDoesNotHaveIsADifference) {
    Day day = recorded_day();
    day.records[day.first_order].outputs.pop_back();
    const std::string text = replayed(day.records);
    expect_contains(text, "output 1");
    expect_contains(text, "journal has  nothing");
    expect_contains(text, "this build   VenueNewOrder{");
}

TEST(Replay, AnOutputThatIsNotMadeAgainIsADifference) {
    Day day = recorded_day();
    day.records[day.first_order].outputs.emplace_back(Alarm{});
    const std::string text = replayed(day.records);
    expect_contains(text, "journal has  Alarm{");
    expect_contains(text, "this build   nothing");
}

}  // namespace
}  // namespace penstock::oms
