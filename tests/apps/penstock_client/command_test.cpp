#include "apps/penstock_client/command.hpp"

#include <gtest/gtest.h>

namespace penstock::client {
namespace {

Price px(std::string_view text) { return *Price::parse(text); }

template <class Kind>
Kind parsed(std::string_view line) {
    const Parsed made = parse_command(line);
    EXPECT_EQ(made.error, "") << line;
    const Kind* kind = std::get_if<Kind>(&made.command);
    EXPECT_NE(kind, nullptr) << line;
    return kind != nullptr ? *kind : Kind{};
}

std::string error_of(std::string_view line) { return parse_command(line).error; }

TEST(Command, BuyNamesQuantitySymbolAndPriceExactly) {
    NewOrder expected;
    expected.quantity = Quantity::whole(100);
    expected.symbol = "XYZ";
    expected.limit = px("11");

    EXPECT_EQ(parsed<NewOrder>("buy 100 XYZ @ 11.00"), expected);
    EXPECT_EQ(parsed<NewOrder>("  buy 100 XYZ @11  "), expected);
}

TEST(Command, OptionsOfAnOrderComeInAnyOrder) {
    NewOrder expected;
    expected.side = oms::Side::Sell;
    expected.quantity = *Quantity::parse("0.5");
    expected.symbol = "XYZ";
    expected.terms.time_in_force = oms::TimeInForce::Ioc;
    expected.venue = "XV44";
    expected.account = "A";
    expected.name = "s1";
    expected.extra = {{9000, "reject"}};

    EXPECT_EQ(parsed<NewOrder>("sell 0.5 XYZ market ioc on XV44 account A as s1 with 9000=reject"), expected);
    EXPECT_EQ(parsed<NewOrder>("sell 0.5 XYZ market with 9000=reject as s1 account A on XV44 ioc"), expected);
}

TEST(Command, OcoIsAListOfALimitAndAStop) {
    const auto list = parsed<SendList>("oco sell 100 DUNE limit 26 stop 24 as a1 a2");
    EXPECT_EQ(list.instruction, "OCO");
    ASSERT_EQ(list.orders.size(), 2U);
    EXPECT_EQ(list.orders[0].limit, px("26"));
    EXPECT_EQ(list.orders[1].terms.stop, px("24"));
    EXPECT_EQ(list.orders[1].name, "a2");
    EXPECT_NE(error_of("oco sell 100 DUNE limit 26"), "");
}

TEST(Command, AListNamesItsOrdersAndTheirGroups) {
    const auto list = parsed<SendList>("list l1 ouo accept 5 : buy 1 X market ; buy 2 X @ 3 in OTO-2");
    EXPECT_EQ(list.id, "l1");
    EXPECT_EQ(list.instruction, "OUO ACCEPT=5");
    EXPECT_FALSE(list.waits);
    EXPECT_EQ(list.orders[1].group, "OTO-2");
    EXPECT_NE(error_of("list l1 oco"), "");
    EXPECT_NE(error_of("list l1 oco : hold 1 X market"), "");
    EXPECT_EQ(parsed<AskList>("execute l1").msg_type, 'L');
    EXPECT_EQ(parsed<AskList>("cancel-list l1").msg_type, 'K');
}

TEST(Command, WhatATermLacksIsSaid) {
    EXPECT_EQ(error_of("buy 1 X market trail much"), "what follows 'trail' is not understood");
    EXPECT_EQ(error_of("buy 1 X market peg up"), "what follows 'peg' is not understood");
}

TEST(Command, ShortIsASideOfItsOwn) {
    EXPECT_EQ(parsed<NewOrder>("short 1 XYZ market gtc").side, oms::Side::SellShort);
}

TEST(Command, AmendChangesQuantityPriceOrBoth) {
    EXPECT_EQ(parsed<AmendOrder>("amend a1 qty 200 price 10.5"),
              (AmendOrder{"a1", Quantity::whole(200), px("10.5"), {}, "", {}}));
    EXPECT_EQ(
        parsed<AmendOrder>("amend a1 price 9 as b"), (AmendOrder{"a1", std::nullopt, px("9"), {}, "b", {}}));
    EXPECT_NE(error_of("amend a1"), "");
}

TEST(Command, CancelStatusAndWaitNameTheirOrder) {
    EXPECT_EQ(parsed<CancelOrder>("cancel a1").name, "a1");
    EXPECT_EQ(parsed<CancelOrder>("cancel a1 as c1").id, "c1");
    EXPECT_EQ(parsed<CancelAll>("cancel-all").symbol, "");
    EXPECT_EQ(parsed<CancelAll>("cancel-all XYZ").symbol, "XYZ");
    EXPECT_EQ(parsed<AskStatus>("status a1").name, "a1");
    EXPECT_EQ(parsed<WaitFor>("wait done a1"), (WaitFor{WaitFor::What::Done, "a1"}));
    EXPECT_EQ(parsed<WaitFor>("wait logon").what, WaitFor::What::Logon);
}

TEST(Command, ExpectKeepsItsWords) {
    EXPECT_EQ(parsed<Expect>("expect New a1 @ 11").words, (std::vector<std::string>{"New", "a1", "@", "11"}));
}

TEST(Command, TimeoutTakesPartsOfASecond) {
    EXPECT_EQ(parsed<SetTimeout>("timeout 0.25").timeout, Duration::milliseconds(250));
    EXPECT_NE(error_of("timeout 0"), "");
    EXPECT_NE(error_of("timeout 3601"), "");
}

TEST(Command, RawIsAMessageWithoutTheSessionsFields) {
    EXPECT_EQ(parsed<SendRaw>("raw 35=D|11=x y|38=5|"),
              (SendRaw{"D",
                       "11=x y\x01"
                       "38=5\x01"}));
    EXPECT_EQ(error_of("raw 35=D|34=7"), "tag 34 is the session's; leave it out");
    EXPECT_EQ(error_of("raw 11=x|35=D"), "expected 35= first and once");
    EXPECT_EQ(error_of("raw 35=D|nonsense"), "'nonsense' is not TAG=VALUE");
    EXPECT_NE(error_of("raw"), "");
}

TEST(Command, EmptyLinesAndCommentsAreNothing) {
    for (const std::string_view line : {"", "   ", "# buy 100 XYZ market"}) {
        EXPECT_EQ(parse_command(line).command.index(), 0U);
        EXPECT_EQ(error_of(line), "");
    }
}

TEST(Command, WhatIsNotUnderstoodSaysWhatWasExpected) {
    EXPECT_EQ(error_of("buy ten XYZ market"), "'ten' is no quantity; expected a number above zero");
    EXPECT_EQ(error_of("buy -1 XYZ market"), "'-1' is no quantity; expected a number above zero");
    EXPECT_EQ(error_of("buy 1 XYZ"), "expected '@ PRICE' or 'market' after the symbol");
    EXPECT_EQ(error_of("buy 1 XYZ @ 1e3"), "'1e3' is no exact price; expected a decimal such as 11.05");
    EXPECT_EQ(error_of("buy 1 XYZ market soon"),
              "'soon' is not known here; expected day, gtc, stop, show ... (help has them all), on, account, "
              "as or with");
    EXPECT_EQ(error_of("quit now"), "'now' is too much for quit");
    EXPECT_EQ(error_of("trade"), "'trade' is not a command, or needs more; help lists them all");
}

}  // namespace
}  // namespace penstock::client
