// A venue that rejects a message of ours by its number alone: which request that was, and when the number
// no longer tells.

#include "gateways/fix_venue/venue_door.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/fix/codec/wire.hpp"

namespace penstock::gateways {
namespace {

using fix::test::message;
using fix::test::parsed;

class NotedInbox final : public oms::Inbox {
  public:
    Seq accept(const oms::InputBody& body, oms::Origin origin, std::string_view) override {
        bodies.push_back(body);
        origins.push_back(origin);
        return {bodies.size()};
    }
    std::vector<oms::InputBody> bodies;
    std::vector<oms::Origin> origins;
};

class SetClock final : public oms::Clock {
  public:
    Timestamp now() override { return {1'795'000'000'000'000'000}; }
};

fix::SessionSettings venue_session() {
    fix::SessionSettings settings;
    settings.sender_comp_id = "US";
    settings.target_comp_id = "VENUE";
    settings.is_initiator = true;
    return settings;
}

class VenueDoorTest : public testing::Test {
  protected:
    VenueDoorTest() {
        door.set_venue({5});
        door.look_up_sent([this](std::uint32_t number) -> std::optional<oms::Output> {
            const auto found = sent.find(number);
            if (found == sent.end()) return std::nullopt;
            return found->second;
        });
        oms::VenueNewOrder order;
        order.child = {83};
        oms::VenueAmendOrder amend;
        amend.child = {84};
        amend.revision = 2;
        oms::VenueCancelOrder cancel;
        cancel.child = {85};
        cancel.revision = 3;
        oms::VenueStatusRequest status;
        status.child = {86};
        sent = {{11, order}, {12, amend}, {13, cancel}, {14, status}};
        session.id = {7};
        log_on_at(10);
    }

    void log_on_at(std::uint32_t next_out) {
        session.set_numbers(4, next_out);
        door.on_state(session, true);
        inbox.bodies.clear();
        inbox.origins.clear();
    }
    enum class Repeated { No, Yes };
    /// The input a message of the venue's becomes.
    oms::InputBody said(const std::string& type, const std::string& body, Repeated repeated = Repeated::No) {
        const std::string text = message(fix::Version::Fix44, type, body);
        const fix::MessageIndex index = parsed(text);
        const fix::AppMessage app{index, 4, repeated == Repeated::Yes, {}};
        if (type == "3")
            door.on_reject(session, app);
        else
            door.on_message(session, app);
        return inbox.bodies.back();
    }
    template <class Fact>
    Fact fact(const std::string& type, const std::string& body, Repeated repeated = Repeated::No) {
        const oms::InputBody input = said(type, body, repeated);
        EXPECT_TRUE(std::holds_alternative<Fact>(input)) << body;
        return std::holds_alternative<Fact>(input) ? std::get<Fact>(input) : Fact{};
    }

    NotedInbox inbox;
    SetClock clock;
    VenueSheet sheet = [] {
        VenueSheet plain;
        plain.market_data = false;
        return plain;
    }();
    VenueDoor door{inbox, {}, sheet, {*FixedText<2>::from("P1"), 1}, {}};
    fix::FixSession session{venue_session(), door, std::make_unique<fix::SentInMemory>(), clock};
    std::map<std::uint32_t, oms::Output> sent;
};

TEST_F(VenueDoorTest, ASessionRejectOfAnOrderIsTheVenuesRefusalOfIt) {
    const auto refused = fact<oms::VenueRefused>("3", "45=11|372=D|373=5|58=no such account");
    EXPECT_EQ(refused.report.venue, VenueId{5});
    EXPECT_EQ(refused.report.child, ChildId{83});
    EXPECT_EQ(refused.venue_reason, 5U);
    EXPECT_EQ(refused.text.view(), "no such account");
    // The session moves its number: a Reject(3) may be taken ahead of its turn.
    EXPECT_EQ(inbox.origins.back(), oms::Origin{});
}

TEST_F(VenueDoorTest, ASessionRejectOfARequestIsItsRefusal) {
    const auto amend = fact<oms::VenueRequestRefused>("3", "45=12|372=G|58=x");
    EXPECT_EQ(amend.report.child, ChildId{84});
    EXPECT_EQ(amend.report.revision, 2U);
    EXPECT_EQ(amend.response_to, oms::CancelRejectTo::ReplaceRequest);
    const auto cancel = fact<oms::VenueRequestRefused>("3", "45=13");
    EXPECT_EQ(cancel.report.child, ChildId{85});
    EXPECT_EQ(cancel.report.revision, 3U);
    EXPECT_EQ(cancel.response_to, oms::CancelRejectTo::CancelRequest);
}

TEST_F(VenueDoorTest, ABusinessRejectWithoutAnIdIsMatchedByNumber) {
    const auto refused = fact<oms::VenueRefused>("j", "45=11|372=D|380=4|58=closed");
    EXPECT_EQ(refused.report.child, ChildId{83});
    EXPECT_EQ(refused.venue_reason, 4U);
    EXPECT_EQ(inbox.origins.back(), (oms::Origin{{7}, 4}));
}

TEST_F(VenueDoorTest, ABusinessRejectOfAnIdThatIsNotOursIsMatchedByNothing) {
    fact<oms::VenueUndecodable>("j", "45=11|372=D|379=P10000002-2B-0|380=4");
}

TEST_F(VenueDoorTest, WhatWasNoOrderOrIsNamedOtherwiseIsOnlyTold) {
    fact<oms::VenueUndecodable>("3", "45=14|372=H|58=not served");
    fact<oms::VenueUndecodable>("3", "45=99|58=what");
    // The gap fill that stands for the order has its number.
    fact<oms::VenueUndecodable>("3", "45=11|372=4");
}

TEST_F(VenueDoorTest, AFormerConnectionsNumberNeedsTheMessagesType) {
    log_on_at(20);
    fact<oms::VenueUndecodable>("3", "45=11|58=what");
    EXPECT_EQ(fact<oms::VenueRefused>("3", "45=11|372=D").report.child, ChildId{83});
    // A business reject the venue had no time to send: it comes by resend.
    EXPECT_EQ(fact<oms::VenueRefused>("j", "45=11|372=D|380=4", Repeated::Yes).report.child, ChildId{83});
}

TEST_F(VenueDoorTest, ARepeatedRejectCannotSpeakOfThisConnectionsMessages) {
    fact<oms::VenueUndecodable>("j", "45=11|372=D|380=4", Repeated::Yes);
}

}  // namespace
}  // namespace penstock::gateways
