#include "apps/penstock_client/requests.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace penstock::client {
namespace {

const RequestContext k44{fix::Version::Fix44, Timestamp{1'700'000'000'000'000'000}};
const RequestContext k42{fix::Version::Fix42, k44.now};
constexpr const char* kTime = "60=20231114-22:13:20.000|";

std::string readable(Outgoing message) {
    std::replace(message.body.begin(), message.body.end(), '\x01', '|');
    return message.msg_type + " " + message.body;
}

ClientOrder order_of(std::string_view line) {
    Orders orders("t");
    return *orders.add(std::get<NewOrder>(parse_command(line).command));
}

TEST(Requests, NewOrderHasItsFieldsInAscendingOrder) {
    const ClientOrder order = order_of("buy 100 XYZ @ 11.50 gtc on XV44 account A as a1 with 58=slow");
    EXPECT_EQ(readable(new_order(order, k44)),
              std::string("D 1=A|11=a1|38=100|40=2|44=11.5|54=1|55=XYZ|58=slow|59=1|") + kTime + "100=XV44|");
}

TEST(Requests, Fix42GetsHandlInst) {
    EXPECT_EQ(readable(new_order(order_of("sell 1 XYZ market as a1"), k42)),
              std::string("D 11=a1|21=1|38=1|40=1|54=2|55=XYZ|59=0|") + kTime);
}

TEST(Requests, AFieldOfTheUserTakesThePlaceOfOurs) {
    const Outgoing sent = new_order(order_of("buy 1 XYZ market as a1 with 38=2"), k44);
    EXPECT_EQ(readable(sent), std::string("D 11=a1|38=2|40=1|54=1|55=XYZ|59=0|") + kTime);
}

TEST(Requests, TermsAreWrittenAsTheVersionHasThem) {
    const RequestContext k50{fix::Version::Fix50Sp2, k44.now};
    const auto sent = [](std::string_view line, const RequestContext& context) {
        return readable(new_order(order_of(std::string(line) + " as a1"), context));
    };
    const std::string head = "D 11=a1|", tail = std::string("|54=2|55=XYZ|59=0|") + kTime;
    EXPECT_EQ(sent("sell 5 XYZ market stop 9.50", k44), head + "38=5|40=3" + tail + "99=9.5|");
    EXPECT_EQ(sent("sell 5 XYZ market trail 2%", k44), head + "18=a|38=5|40=P" + tail + "211=2|836=4|");
    EXPECT_EQ(sent("sell 5 XYZ market trail 2%", k50), head + "38=5|40=3" + tail + "211=2|836=4|1094=8|");
    EXPECT_EQ(sent("sell 5 XYZ @ 11 peg primary offset -0.01 post-only", k44),
              head + "18=6 R|38=5|40=P|44=11" + tail + "211=-0.01|");
    EXPECT_EQ(sent("sell 5 XYZ @ 11 show 2 between 1 3", k50),
              head + "38=5|40=2|44=11" + tail + "1085=1|1086=3|1138=2|");
    EXPECT_EQ(sent("sell cash 500 XYZ market touch 12", k44), head + "40=J" + tail + "99=12|152=500|");
    EXPECT_EQ(sent("sell 5 XYZ @ 11 until 20260131", k44),
              head + "38=5|40=2|44=11|54=2|55=XYZ|59=6|" + kTime + "432=20260131|");
}

TEST(Requests, AListIsOneMessage) {
    const auto list = std::get<SendList>(
        parse_command("list l1 oto block wait : buy 1 XYZ @ 9 as e ; sell 1 XYZ market stop 8 as s in OCO-1")
            .command);
    Orders orders("t");
    std::vector<const ClientOrder*> legs;
    for (const NewOrder& order : list.orders) legs.push_back(orders.add(order));
    EXPECT_EQ(
        readable(new_list(list, legs, k44)),
        std::string("E 66=l1|68=2|69=OTO BLOCK|394=3|433=2|73=2|11=e|67=1|38=1|40=2|44=9|54=1|55=XYZ|59=0|") +
            kTime + "11=s|67=2|38=1|40=3|54=2|55=XYZ|59=0|" + kTime + "99=8|583=OCO-1|");
    EXPECT_EQ(readable(ask_list({'L', "l1"}, k44)), std::string("L ") + kTime + "66=l1|");
    EXPECT_EQ(readable(ask_list({'M', "l1"}, k44)), "M 66=l1|");
}

TEST(Requests, AnAmendOfTermsKeepsTheOthers) {
    const ClientOrder order = order_of("sell 5 XYZ @ 9 stop 9.5 show 2 held as a1");
    const auto change = std::get<AmendOrder>(parse_command("amend a1 stop 9.6 released").command);
    EXPECT_EQ(readable(amend(order, change, "a1.1", k44)),
              std::string("G 11=a1.1|18=q|38=5|40=4|41=a1|44=9|54=2|55=XYZ|59=0|") + kTime + "99=9.6|111=2|");
}

TEST(Requests, AmendRepeatsWhatDoesNotChange) {
    const ClientOrder order = order_of("buy 100 XYZ @ 11 as a1");
    const AmendOrder change{"a1", Quantity::whole(200), std::nullopt, {}, "", {}};
    EXPECT_EQ(readable(amend(order, change, "a1.1", k44)),
              std::string("G 11=a1.1|38=200|40=2|41=a1|44=11|54=1|55=XYZ|59=0|") + kTime);
}

TEST(Requests, CancelNamesTheLastAcceptedId) {
    ClientOrder order = order_of("buy 100 XYZ @ 11 as a1");
    order.cl_ord_id = "a1.1";
    EXPECT_EQ(readable(cancel(order, {}, "a1.2", k44)),
              std::string("F 11=a1.2|38=100|41=a1.1|54=1|55=XYZ|") + kTime);
}

TEST(Requests, MassRequestsNameTheirScope) {
    EXPECT_EQ(readable(mass_cancel("", "r1", k44)), std::string("q 11=r1|") + kTime + "530=7|");
    EXPECT_EQ(readable(mass_cancel("XYZ", "r1", k44)), std::string("q 11=r1|55=XYZ|") + kTime + "530=1|");
    EXPECT_EQ(readable(mass_status("r2")), "AF 584=r2|585=7|");
}

TEST(Orders, MadeNamesAreFoundByTheirNumber) {
    Orders orders("k3f9x");
    const ClientOrder* made = orders.add(std::get<NewOrder>(parse_command("buy 1 XYZ market").command));
    EXPECT_EQ(made->terms.name, "k3f9x-1");
    EXPECT_EQ(orders.find("1"), made);
    EXPECT_EQ(orders.find("2"), nullptr);
}

TEST(Orders, AnIdIsNotUsedTwice) {
    Orders orders("t");
    const auto command = std::get<NewOrder>(parse_command("buy 1 XYZ market as a1").command);
    ClientOrder* order = orders.add(command);
    EXPECT_EQ(orders.add(command), nullptr);
    EXPECT_EQ(orders.request_id(*order, ""), "a1.1");
    EXPECT_EQ(orders.request_id(*order, ""), "a1.2");
}

}  // namespace
}  // namespace penstock::client
