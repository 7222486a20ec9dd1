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
