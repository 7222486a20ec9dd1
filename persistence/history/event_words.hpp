#pragma once

#include "oms/domain/input.hpp"
#include "oms/domain/output.hpp"
#include "oms/domain/venue_cl_ord_id.hpp"
#include "persistence/history/book.hpp"
#include "persistence/history/rows.hpp"

namespace penstock::history {

// How inputs and outputs become order events. Private to order_events.cpp and the files named after it.

/// What the words of one record can be looked up in.
struct Known {
    const oms::IdSpace& space;
    const Names& names;
    const Book& book;
};

inline std::optional<Decimal> plain(const std::optional<Price>& value) {
    return value ? std::optional{value->value} : std::nullopt;
}
inline std::optional<Decimal> plain(const std::optional<Quantity>& value) {
    return value ? std::optional{value->value} : std::nullopt;
}

void set_conditions(OrderEvent& row, const oms::OrderConditions& conditions);
void set_denial(OrderEvent& row, const oms::Denial& denial);
/// The order's terms as it stands now, where the message itself does not say them.
void fill_from_order(OrderEvent& row, const Known& known, OrderId id);
/// A child and its order: what a venue's message is about.
void fill_from_child(OrderEvent& row, const Known& known, ChildId id);
/// The terms a NewOrder asks for.
void fill_from_new(OrderEvent& row, const Known& known, const oms::NewOrder& body);
/// The market and the limits as they stood.
void set_market(OrderEvent& row, const Known& known);
void set_limits(OrderEvent& row, const Known& known);

/// False: the input concerns no order.
bool describe_input(OrderEvent& row, const Known& known, const oms::InputBody& body);
void describe_output(OrderEvent& row, const Known& known, const oms::Output& output);

}  // namespace penstock::history
