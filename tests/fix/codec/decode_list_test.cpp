#include "fix/codec/decode_list.hpp"

#include <gtest/gtest.h>

#include "fix/codec/validate.hpp"
#include "fix/codec/values.hpp"
#include "tests/fix/codec/wire.hpp"

namespace penstock::fix::test {
namespace {

using oms::Contingency;
using oms::Reason;

/// The inputs of one message, by kind.
struct Taken {
    std::optional<oms::RequestRefused> message_refused;
    oms::NewList list;
    std::vector<oms::ListGroup> groups;
    std::vector<oms::ListLeg> legs;
    std::string order;  // of the kinds: "NGLLE"
};

void take(const oms::InputBody& body, Taken& out) {
    if (const auto* refused = std::get_if<oms::RequestRefused>(&body)) out.message_refused = *refused;
    if (const auto* list = std::get_if<oms::NewList>(&body)) out.list = *list, out.order += 'N';
    if (const auto* group = std::get_if<oms::ListGroup>(&body))
        out.groups.push_back(*group), out.order += 'G';
    if (const auto* leg = std::get_if<oms::ListLeg>(&body)) out.legs.push_back(*leg), out.order += 'L';
    if (const auto* enter = std::get_if<oms::EnterList>(&body)) {
        EXPECT_EQ(enter->list_id, out.list.list_id);
        out.order += 'E';
    }
}

/// Clean, so that both lanes take it.
Taken taken(const std::string& fields, Version version = Version::Fix44) {
    const std::string bytes = message(version, "E", fields);
    const MessageIndex index = parsed(bytes);
    EXPECT_EQ(check(index, version), Verdict::Clean) << readable(bytes);
    EXPECT_EQ(validator(version).objection(bytes), "") << readable(bytes);
    const ListInputs inputs(index, {SessionId{3}, version, {}, {}});
    Taken out;
    for (std::uint32_t i = 0; i < inputs.count(); ++i) take(inputs.at(i), out);
    return out;
}

std::string leg(const std::string& id, const std::string& rest, const std::string& link = "") {
    return "|11=" + id + "|67=1|" + (link.empty() ? "" : "583=" + link + "|") + "55=ABC|54=2|" + rest;
}
std::string two_legs(const std::string& link1 = "", const std::string& link2 = "") {
    return leg("a", "38=10|40=2|44=11", link1) + leg("b", "38=10|40=3|99=9", link2);
}
std::string list_of(const std::string& said, std::size_t count, const std::string& legs) {
    const std::string number = std::to_string(count);
    return "66=l1|394=3|" + said + "68=" + number + "|73=" + number + legs;
}

TEST(DecodeList, OneMessageIsManyInputs) {
    for (const Version version : kVersions) {
        const Taken one = taken(list_of("433=2|69=OCO|", 2, two_legs()), version);
        EXPECT_EQ(one.order, "NGLLE");
        EXPECT_EQ(one.list.session, SessionId{3});
        EXPECT_EQ(one.list.list_id.view(), "l1");
        EXPECT_EQ(one.list.legs, 2U);
        EXPECT_EQ(one.list.groups, 1U);
        EXPECT_TRUE(one.list.waits_for_execute);
        EXPECT_EQ(one.groups[0].contingency, Contingency::OneCancelsOther);
        EXPECT_EQ(one.groups[0].parent, 0U);
        EXPECT_EQ(one.legs[0].order.cl_ord_id.view(), "a");
        EXPECT_EQ(one.legs[0].order.limit, px("11"));
        EXPECT_EQ(one.legs[1].leg, 2U);
        EXPECT_EQ(one.legs[1].group, 1U);
        EXPECT_EQ(one.legs[1].order.type, oms::OrderType::Stop);
        EXPECT_EQ(one.legs[1].order.conditions->stop, px("9"));
        EXPECT_EQ(one.legs[1].order.transact_time, one.list.transact_time);
    }
}

TEST(DecodeList, ContingencyByNumberOrWord) {
    const auto group = [](const std::string& said) {
        const Taken one = taken(list_of(said, 2, two_legs()), Version::Fix50Sp2);
        EXPECT_FALSE(one.list.refusal) << said;
        return one.groups.empty() ? oms::ListGroup{} : one.groups[0];
    };
    EXPECT_EQ(group("").contingency, Contingency::None);
    EXPECT_EQ(group("1385=3|").contingency, Contingency::OneUpdatesOther);
    EXPECT_EQ(group("69=OUO-PROPORTIONAL|").contingency, Contingency::OneUpdatesOtherProportional);
    EXPECT_EQ(group("69=OTO|").release, oms::ReleaseOn::EachFill);
    EXPECT_EQ(group("69=OTO-FULL|1385=2|").release, oms::ReleaseOn::FullFill);
    EXPECT_EQ(group("69=OCO BLOCK|").overfill, oms::OverfillPolicy::Block);
    EXPECT_EQ(group("1385=1|69=ACCEPT=12.5|").overfill, oms::OverfillPolicy::Accept);
    EXPECT_EQ(group("1385=1|69=ACCEPT=12.5|").overfill_budget, qty("12.5"));
}

TEST(DecodeList, GroupsInGroupsByPath) {
    const std::string legs =
        leg("entry", "38=10|40=2|44=10") + leg("take", "38=10|40=2|44=11", "OCO-exit") +
        leg("lose", "38=10|40=3|99=9", "OCO-exit") + leg("deep", "38=10|40=3|99=8", "OCO-exit/OTO-FULL-2");
    const Taken one = taken(list_of("69=OTO|", 4, legs));
    EXPECT_EQ(one.order, "NGGGLLLLE");
    EXPECT_EQ(one.list.groups, 3U);
    EXPECT_EQ(one.groups[1].contingency, Contingency::OneCancelsOther);
    EXPECT_EQ(one.groups[1].parent, 1U);
    EXPECT_EQ(one.groups[2].release, oms::ReleaseOn::FullFill);
    EXPECT_EQ(one.groups[2].parent, 2U);
    EXPECT_EQ(one.legs[0].group, 1U);
    EXPECT_EQ(one.legs[2].group, 2U);
    EXPECT_EQ(one.legs[3].group, 3U);
    EXPECT_FALSE(one.legs[1].order.conditions) << "the path is no link";
}

void expect_refused(const std::string& fields, Reason reason, const std::string& text,
                    Version version = Version::Fix44) {
    const Taken one = taken(fields, version);
    EXPECT_EQ(one.order, "NE") << fields;
    EXPECT_EQ(one.list.refusal.value_or(oms::DoorRefusal{}).reason, reason) << fields;
    EXPECT_EQ(one.list.refusal.value_or(oms::DoorRefusal{}).text.view(), text) << fields;
}

TEST(DecodeList, AListThatMakesNoSenseIsRefusedWhole) {
    expect_refused(list_of("69=SOMEHOW|", 2, two_legs()), Reason::UnsupportedContingency,
                   "ListExecInst(69)=SOMEHOW is not served");
    expect_refused(list_of("69=OCO BLOCK REDUCE|", 2, two_legs()), Reason::ContradictoryConditions,
                   "ListExecInst(69)=OCO BLOCK REDUCE says two things about overfill");
    expect_refused(list_of("1385=2|69=OCO|", 2, two_legs()), Reason::ContradictoryConditions,
                   "ListExecInst(69)=OCO is not what ContingencyType(1385) says");
    expect_refused(list_of("1385=5|", 2, two_legs()), Reason::UnsupportedContingency,
                   "ContingencyType(1385)=5 is not served: 1, 2, 3 and 4 are", Version::Fix50Sp2);
    expect_refused(list_of("", 2, two_legs("pair", "pair")), Reason::UnsupportedContingency,
                   "ClOrdLinkID(583)=pair names no group as OCO-1 does");
    expect_refused(list_of("433=3|", 2, two_legs()), Reason::UnsupportedInstruction,
                   "ListExecInstType(433)=3 is not served: 1 and 2 are");
    expect_refused("66=l1|394=1|68=2|73=2" + two_legs(), Reason::UnsupportedInstruction,
                   "BidType(394)=1 is not served: 3 is");
}

TEST(DecodeList, GroupsThatHoldEachOtherAreACycle) {
    expect_refused(list_of("", 2, two_legs("OCO-1/OTO-2", "OTO-2/OCO-1")), Reason::GroupCycle,
                   "ClOrdLinkID(583)=OTO-2/OCO-1 puts a group in two places");
    expect_refused(list_of("", 2, two_legs("OCO-1", "OUO-1")), Reason::UnsupportedContingency,
                   "ClOrdLinkID(583)=OUO-1 makes a group of two kinds");
}

TEST(DecodeList, MoreLegsThanTheBoundAreRefused) {
    std::string legs;
    for (std::uint32_t i = 0; i < oms::kMaxListLegs; ++i) legs += leg("a" + std::to_string(i), "38=1|40=1");
    EXPECT_EQ(taken(list_of("", oms::kMaxListLegs, legs)).legs.size(), oms::kMaxListLegs);
    expect_refused(list_of("", oms::kMaxListLegs + 1, legs + leg("z", "38=1|40=1")), Reason::TooManyLegs,
                   "NoOrders(73)=129 is more than 128");
}

TEST(DecodeList, AnOrderWithoutAnIdIsNotLostInTheOneBefore) {
    const std::string bytes =
        message(Version::Fix50Sp2, "E", "66=l1|394=3|68=1|73=2|11=a|67=1|55=ABC|54=1|38=1|40=1|67=2|55=XYZ");
    const MessageIndex index = parsed(bytes);
    const ListInputs inputs(index, {SessionId{3}, Version::Fix50Sp2, {}, {}});
    ASSERT_EQ(inputs.count(), 2U);
    EXPECT_EQ(std::get<oms::NewList>(inputs.at(0)).refusal->reason, Reason::ListIncomplete);
}

TEST(DecodeList, WhatIsWrongWithOneOrderIsInTheOrder) {
    const Taken one =
        taken(list_of("69=OCO|", 2, leg("a", "38=10|40=2|44=1.2345678901234") + leg("b", "38=1|40=1")));
    EXPECT_EQ(one.order, "NGLLE");
    EXPECT_EQ(one.legs[0].order.refusal->reason, Reason::InvalidPrice);
    EXPECT_EQ(one.legs[0].order.refusal->text.view(), "Price(44)=1.2345678901234 has more than 12 decimals");
    EXPECT_FALSE(one.legs[1].order.refusal);
}

TEST(DecodeList, AnIdThatCannotBeQuotedRefusesTheMessage) {
    const std::string long_id(40, 'l');
    const Taken one = taken("66=" + long_id + "|394=3|68=2|73=2" + two_legs());
    ASSERT_TRUE(one.message_refused);
    EXPECT_EQ(one.order, "");
    EXPECT_EQ(one.message_refused->ref_msg_type.view(), "E");
    EXPECT_EQ(one.message_refused->ref_msg_seq_num, 7U);
    expect_refused(list_of("", 2, leg(long_id, "38=1|40=1") + leg("b", "38=1|40=1")), Reason::FieldTooLong,
                   "ClOrdID(11)=" + long_id.substr(0, 32) + "... is longer than 39 characters");
}

}  // namespace
}  // namespace penstock::fix::test
