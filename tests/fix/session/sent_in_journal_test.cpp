// What went out under a number: read back from the journal, for resends and for a venue's rejects.

#include "fix/sent_in_journal.hpp"

#include <gtest/gtest.h>

#include <map>

#include "fix/codec/message_index.hpp"

namespace penstock::fix::test {
namespace {

constexpr Timestamp kNow{1'795'000'000'000'000'000};

class OneRecordJournal final : public oms::Journal {
  public:
    void append(const oms::RecordView&) override {}
    void flush() override {}
    Seq durable() const override { return record.input.seq; }
    Result<oms::Record> read(Seq seq) override {
        if (seq != record.input.seq) return Fault::NotFound;
        return record;
    }
    oms::Record record;
};

class SetClock final : public oms::Clock {
  public:
    Timestamp now() override { return kNow; }
};

class Nobody final : public SessionUser {
  public:
    void on_message(FixSession&, const AppMessage&) override {}
    void on_state(FixSession&, bool) override {}
    Seq on_numbers(FixSession&, bool) override { return {}; }
    bool may_resend(std::string_view) override { return true; }
    void log(FixSession&, std::string_view, bool, bool) override {}
};

class SentInJournalTest : public testing::Test {
  protected:
    SentInJournalTest() {
        SessionSettings settings;
        settings.sender_comp_id = "US";
        settings.target_comp_id = "VENUE";
        auto owned = std::make_unique<SentInJournal>(journal, egress);
        sent = owned.get();
        FixSession& session = engine.add_session(settings, nobody, std::move(owned));
        session.id = {7};
        sent->belongs_to(session);
        egress.add(session);
        oms::VenueNewOrder order;
        order.session = {7};
        order.child = {83};
        order.symbol = *Symbol::from("XYZ");
        order.account = *AccountName::from("ACC");
        journal.record.input.seq = {5};
        journal.record.input.time = kNow;
        journal.record.outputs = {oms::RoutingDecision{}, order};
        journal.record.numbers = {{1, {7}, 11}};
        sent->keep(11, {5}, {});
        sent->keep(12, {5}, {});  // a record that gave out no such number
    }

    boost::asio::io_context io;
    SetClock clock;
    Nobody nobody;
    OneRecordJournal journal;
    FixEngine engine{io, clock};
    FixEgress egress{engine, {*FixedText<2>::from("P1"), 1}};
    SentInJournal* sent = nullptr;
};

TEST_F(SentInJournalTest, TellsWhatWentOutUnderANumber) {
    const auto output = sent->output(11);
    ASSERT_TRUE(output);
    ASSERT_TRUE(std::holds_alternative<oms::VenueNewOrder>(*output));
    EXPECT_EQ(std::get<oms::VenueNewOrder>(*output).child, ChildId{83});
    EXPECT_FALSE(sent->output(10));
    EXPECT_FALSE(sent->output(12));
}

TEST_F(SentInJournalTest, ForgetsWhenTheNumbersStartAgain) {
    sent->clear();
    EXPECT_FALSE(sent->output(11));
}

TEST_F(SentInJournalTest, ARepetitionWasNeverSentLaterThanNow) {
    journal.record.input.time = kNow + Duration::seconds(3600);  // before the clock was set back
    std::string bytes;
    ASSERT_TRUE(sent->fetch(11, bytes));
    MessageIndex index;
    ASSERT_TRUE(index.parse(bytes));
    const std::string sending_time(*index.find(52));
    journal.record.input.time = kNow;
    ASSERT_TRUE(sent->fetch(11, bytes));
    ASSERT_TRUE(index.parse(bytes));
    EXPECT_EQ(sending_time, *index.find(52));
}

}  // namespace
}  // namespace penstock::fix::test
