#include <gtest/gtest.h>

#include "fix/codec/decode_client.hpp"
#include "fix/codec/validate.hpp"
#include "fix/codec/values.hpp"
#include "tests/fix/codec/wire.hpp"

namespace penstock::fix::test {
namespace {

using oms::OrderConditions;
using oms::OrderType;
using oms::Reason;

Timestamp at(std::string_view text) { return *parse_timestamp(text); }
Decimal number(std::string_view text) { return *Decimal::parse(text); }

/// The order these fields make; they must be Clean, so that both lanes take them.
oms::NewOrder order(const std::string& fields, Version version = Version::Fix44) {
    const std::string bytes = message(version, "D", "11=c1|21=1|55=ABC|54=2|60=20260102-03:04:05|" + fields);
    const MessageIndex index = parsed(bytes);
    EXPECT_EQ(check(index, version), Verdict::Clean) << readable(bytes);
    EXPECT_EQ(validator(version).objection(bytes), "") << readable(bytes);
    const oms::InputBody body = decode_client(index, {SessionId{3}, version, {}, {}});
    EXPECT_TRUE(std::holds_alternative<oms::NewOrder>(body)) << readable(bytes);
    return std::holds_alternative<oms::NewOrder>(body) ? std::get<oms::NewOrder>(body) : oms::NewOrder{};
}

/// The same in all versions, which must agree.
oms::NewOrder in_all(const std::string& fields) {
    const oms::NewOrder made = order(fields);
    EXPECT_EQ(made.refusal.value_or(oms::DoorRefusal{}).text.view(), "") << fields;
    for (const Version version : {Version::Fix42, Version::Fix50Sp2}) {
        const oms::NewOrder other = order(fields, version);
        EXPECT_EQ(other.type, made.type) << fields;
        EXPECT_EQ(other.time_in_force, made.time_in_force) << fields;
        EXPECT_EQ(other.conditions, made.conditions) << fields;
        EXPECT_EQ(other.refusal, made.refusal) << fields;
    }
    return made;
}

OrderConditions conditions_in_all(const std::string& fields) {
    return in_all(fields).conditions.value_or(OrderConditions{});
}

struct Expected {
    Reason reason;
    std::string text;
};
void expect_refused(const std::string& fields, const Expected& expected, Version version = Version::Fix44) {
    const auto refusal = order(fields, version).refusal.value_or(oms::DoorRefusal{});
    EXPECT_EQ(refusal.reason, expected.reason) << fields;
    EXPECT_EQ(refusal.text.view(), expected.text) << fields;
}

TEST(DecodeConditions, APlainOrderHasNone) {
    EXPECT_FALSE(in_all("38=1|40=2|44=10").conditions);
    EXPECT_FALSE(in_all("38=1|40=2|44=10|18=1 5").conditions) << "handling that changes nothing";
}

TEST(DecodeConditions, StopsAndIfTouched) {
    EXPECT_EQ(in_all("38=1|40=3|99=9.5").type, OrderType::Stop);
    EXPECT_EQ(in_all("38=1|40=4|44=9|99=9.5").type, OrderType::StopLimit);
    EXPECT_EQ(in_all("38=1|40=J|99=9.5").type, OrderType::MarketIfTouched);
    EXPECT_EQ(conditions_in_all("38=1|40=4|44=9|99=9.5").stop, px("9.5"));
}

TEST(DecodeConditions, ATriggerOfAnOrderWhoseTypeSaysNothingOfOne) {
    const oms::NewOrder made = in_all("38=1|40=2|44=10|1100=4|1101=1|1102=9.5|1107=6|1109=D");
    EXPECT_EQ(made.type, OrderType::Limit);
    EXPECT_EQ(made.conditions->stop, px("9.5"));
    EXPECT_EQ(made.conditions->trigger_on, oms::TriggerOn::Mid);
    EXPECT_EQ(made.conditions->trigger_direction, oms::TriggerDirection::Down);
    EXPECT_EQ(conditions_in_all("38=1|40=3|99=9|1107=100").trigger_on, oms::TriggerOn::Mark);
}

TEST(DecodeConditions, TrailingStopsByEitherConvention) {
    const oms::NewOrder by_peg = order("38=1|40=P|18=a|211=-0.5");
    EXPECT_EQ(by_peg.type, OrderType::Stop);
    EXPECT_EQ(by_peg.conditions->trail, number("0.5"));
    EXPECT_EQ(by_peg.conditions->peg, oms::PegKind::None);
    EXPECT_EQ(order("38=1|40=P|18=a|44=9|211=0.5", Version::Fix42).type, OrderType::StopLimit);

    const oms::NewOrder by_type = in_all("38=1|40=3|1094=8|211=2|836=4");
    EXPECT_EQ(by_type.type, OrderType::Stop);
    EXPECT_EQ(by_type.conditions->trail, number("2"));
    EXPECT_EQ(by_type.conditions->trail_unit, oms::OffsetUnit::Percent);
}

TEST(DecodeConditions, PegsByEitherConvention) {
    const std::string by_number[] = {"1094=5", "1094=2", "1094=4", "1094=1"};
    const std::string by_letter[] = {"18=R", "18=M", "18=P", "18=L"};
    const oms::PegKind kinds[] = {
        oms::PegKind::Primary, oms::PegKind::Midpoint, oms::PegKind::Market, oms::PegKind::Last};
    for (std::size_t i = 0; i < std::size(kinds); ++i) {
        EXPECT_EQ(conditions_in_all("38=1|40=P|" + by_number[i]).peg, kinds[i]);
        EXPECT_EQ(conditions_in_all("38=1|40=P|" + by_letter[i]).peg, kinds[i]);
    }
    const OrderConditions offset = conditions_in_all("38=1|40=P|18=R 6|44=11|211=-0.01|836=0");
    EXPECT_EQ(offset.peg_offset, number("-0.01"));
    EXPECT_TRUE(offset.post_only);
}

TEST(DecodeConditions, WhatIsShown) {
    EXPECT_EQ(conditions_in_all("38=100|40=2|44=10|111=10").display, qty("10"));
    EXPECT_EQ(conditions_in_all("38=100|40=2|44=10|1138=10").display, qty("10"));
    EXPECT_EQ(conditions_in_all("38=100|40=2|44=10|111=10|1138=10.0").display, qty("10"));
    const OrderConditions random = conditions_in_all("38=100|40=2|44=10|1138=10|1085=5|1086=15");
    EXPECT_EQ(random.display_low, qty("5"));
    EXPECT_EQ(random.display_high, qty("15"));
    EXPECT_EQ(conditions_in_all("38=100|40=2|44=10|110=50").minimum, qty("50"));
}

TEST(DecodeConditions, CashInsteadOfAQuantity) {
    const oms::NewOrder made = in_all("152=2500.5|40=1");
    EXPECT_EQ(made.conditions->cash, px("2500.5"));
    EXPECT_TRUE(made.quantity.is_zero());
    EXPECT_EQ(in_all("38=1|152=2|40=1").conditions->cash, px("2")) << "both: for the core to refuse";
}

TEST(DecodeConditions, Times) {
    EXPECT_EQ(conditions_in_all("38=1|40=1|59=6|126=20260103-10:00:00").expire_time, at("20260103-10:00:00"));
    EXPECT_EQ(
        conditions_in_all("38=1|40=1|59=6|432=20260103").expire_time, at("20260103-23:59:59.999999999"));
    EXPECT_EQ(conditions_in_all("38=1|40=1|59=6|126=20260103-10:00:00|432=20260103").expire_time,
              at("20260103-10:00:00"));
    EXPECT_EQ(conditions_in_all("38=1|40=1|168=20260103-10:00:00").effective_time, at("20260103-10:00:00"));
}

TEST(DecodeConditions, InstructionsAndLink) {
    const OrderConditions made = conditions_in_all("38=1|40=2|44=10|18=6 E S 1|583=pair");
    EXPECT_TRUE(made.post_only);
    EXPECT_TRUE(made.reduce_only);
    EXPECT_TRUE(made.held);
    EXPECT_EQ(made.link_id.view(), "pair");
}

TEST(DecodeConditions, WhatALostConnectionMeans) {
    EXPECT_EQ(conditions_in_all("38=1|40=1|18=o").on_disconnect, oms::OnDisconnect::Cancel);
    EXPECT_EQ(conditions_in_all("38=1|40=1|18=1 n").on_disconnect, oms::OnDisconnect::Keep);
    expect_refused("38=1|40=1|18=n o",
                   {Reason::ContradictoryConditions, "ExecInst(18)=n o says one thing and its opposite"});
}

TEST(DecodeConditions, AReplaceSaysThemAnew) {
    const auto amend = [](const std::string& rest) {
        const oms::InputBody body = decode_client(
            parsed(message(
                Version::Fix44, "G", "11=c2|41=c1|55=ABC|54=2|60=20260102-03:04:05|38=7|40=4|44=9|" + rest)),
            {SessionId{3}, Version::Fix44, {}, {}});
        return std::get<oms::AmendOrder>(body);
    };
    EXPECT_EQ(amend("99=9.5").conditions->stop, px("9.5"));
    EXPECT_EQ(amend("58=x").conditions, std::nullopt) << "none: those of the order stay";
    EXPECT_TRUE(amend("18=q").conditions->release);
    EXPECT_FALSE(in_all("38=1|40=1|18=q").conditions) << "nothing was parked yet";
}

TEST(DecodeConditions, ContradictionsThatAnOrderCannotHoldAreRefusedByTagAndRule) {
    using R = Reason;
    expect_refused("38=1|40=2|44=10|99=9|1109=D",
                   {R::StopPriceNotAllowed, "StopPx(99)=9 is allowed with OrdType(40)=3, 4 and J only"});
    expect_refused(
        "38=1|40=3|99=9|1100=4|1102=9|1109=D",
        {R::ContradictoryConditions, "TriggerType(1100)=4 is not allowed with OrdType(40)=3, 4 or J"});
    expect_refused("38=1|40=1|1100=4|1109=U", {R::MissingStopPrice, "TriggerPrice(1102) is missing"});
    expect_refused(
        "38=1|40=1|1102=9", {R::ContradictoryConditions, "TriggerPrice(1102)=9 needs TriggerType(1100)"});
    expect_refused("38=9|40=2|44=10|111=1|1138=2",
                   {R::ContradictoryDisplay, "MaxFloor(111)=1 and DisplayQty(1138) differ"});
    expect_refused("38=1|40=P|18=R M", {R::ContradictoryConditions, "ExecInst(18)=R M names two pegs"});
    expect_refused("38=1|40=P|18=R|1094=2", {R::ContradictoryConditions,
                                             "PegPriceType(1094)=2 is not the peg that ExecInst(18) names"});
    expect_refused("38=1|40=P|18=a", {R::InvalidOffset, "PegOffsetValue(211) is missing"});
    expect_refused(
        "38=1|40=2|44=1|18=6 6", {R::ContradictoryConditions, "ExecInst(18)=6 6 repeats an instruction"});
    expect_refused(
        "38=1|40=1|59=6|126=20260103-10:00:00|432=20260104",
        {R::ContradictoryConditions, "ExpireDate(432)=20260104 is not the day of ExpireTime(126)"});
}

TEST(DecodeConditions, NumbersThatDoNotFitAreRefusedByTagAndRule) {
    expect_refused("38=1|40=3|99=0.1234567890123",
                   {Reason::InvalidPrice, "StopPx(99)=0.1234567890123 has more than 12 decimals"});
    expect_refused("38=1|40=2|44=1|111=99999999999999999999",
                   {Reason::InvalidQuantity, "MaxFloor(111)=99999999999999999999 has too many digits"});
    expect_refused("38=1|40=P|18=R|211=0.1234567890123",
                   {Reason::InvalidOffset, "PegOffsetValue(211)=0.1234567890123 has more than 12 decimals"});
}

TEST(DecodeConditions, WhatIsNotServedIsRefusedRatherThanLeftOut) {
    const auto unserved = [](const std::string& fields, const std::string& text, Version version) {
        expect_refused(fields, {Reason::UnsupportedInstruction, text}, version);
    };
    unserved("38=1|40=2|44=1|18=G", "ExecInst(18)=G holds an instruction that is not served", Version::Fix42);
    unserved("38=1|40=P|1094=7", "PegPriceType(1094)=7 is not served: 1, 2, 4, 5 and 8 are", Version::Fix44);
    unserved("38=1|40=1|1100=3", "TriggerType(1100)=3 is not served", Version::Fix44);
    unserved("38=1|40=2|44=1|1138=1|1083=1", "DisplayWhen(1083)=1 is not served", Version::Fix50Sp2);
    unserved("38=1|40=P|18=R|211=1|836=3", "PegOffsetType(836)=3 is not served: 0, 1, 2 and 4 are",
             Version::Fix50Sp2);
    unserved(
        "38=1|40=1|1100=4|1102=1|1109=U|1110=2", "TriggerNewPrice(1110)=2 is not served", Version::Fix50Sp2);
}

}  // namespace
}  // namespace penstock::fix::test
