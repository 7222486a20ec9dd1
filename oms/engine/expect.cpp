#include "oms/engine/core.hpp"

namespace penstock::oms {
namespace {

// The tables of a million orders are in no cache: which cells of their indices an input will look at is known
// as soon as it is read. An input that names no order needs none.
template <class Body>
void expect(const OrderStore&, const Body&) {}

template <class Body>
concept TellsOfChild = requires(const Body& body) {
    body.report.child;
};

template <class Body>
concept ChangesOrder = requires(const Body& body) {
    body.orig_cl_ord_id;
};

template <TellsOfChild Body>
void expect(const OrderStore& orders, const Body& body) {
    if (!body.report.child.is_none()) orders.expect_child(body.report.child);
    constexpr bool is_execution = std::is_same_v<Body, VenueFilled> || std::is_same_v<Body, FillBusted> ||
                                  std::is_same_v<Body, FillCorrected>;
    if constexpr (is_execution) orders.expect_fill(body.report.venue, body.report.exec_id);
    if constexpr (requires { body.exec_ref_id; }) orders.expect_fill(body.report.venue, body.exec_ref_id);
}

template <ChangesOrder Body>
void expect(const OrderStore& orders, const Body& body) {
    orders.expect_order(body.session, body.cl_ord_id);
    orders.expect_order(body.session, body.orig_cl_ord_id);
}

void expect(const OrderStore& orders, const NewOrder& body) {
    orders.expect_order(body.session, body.cl_ord_id);
    orders.expect_new_child();
}

}  // namespace

void Core::expect(const Input& input) const {
    std::visit([&](const auto& body) { oms::expect(world_.orders, body); }, input.body);
}

}  // namespace penstock::oms
