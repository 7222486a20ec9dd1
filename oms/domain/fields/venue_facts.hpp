#pragma once

#include <concepts>
#include <type_traits>

#include "oms/domain/venue_facts.hpp"

namespace penstock::oms {

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueReport>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "venue", m.venue);
    visit(2, "child", m.child);
    visit(3, "revision", m.revision);
    visit(4, "venue_order_id", m.venue_order_id);
    visit(5, "exec_id", m.exec_id);
    visit(6, "venue_time", m.venue_time);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueAccepted>
constexpr void describe(T& m, Visit&& visit) { visit(1, "report", m.report); }

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueRefused>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "venue_reason", m.venue_reason);
    visit(3, "text", m.text);
    visit(4, "message_rejected", m.message_rejected);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueFilled>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "quantity", m.quantity);
    visit(3, "price", m.price);
    visit(4, "filled", m.filled);
    visit(5, "average_price", m.average_price);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, FillBusted>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "exec_ref_id", m.exec_ref_id);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, FillCorrected>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "exec_ref_id", m.exec_ref_id);
    visit(3, "quantity", m.quantity);
    visit(4, "price", m.price);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueAmended>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "quantity", m.quantity);
    visit(3, "limit", m.limit);
    visit(4, "is_restatement", m.is_restatement);
    visit(5, "restatement_reason", m.restatement_reason);
    visit(6, "filled", m.filled);
    visit(7, "average_price", m.average_price);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueCancelled>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "text", m.text);
    visit(3, "restatement_reason", m.restatement_reason);
    visit(4, "filled", m.filled);
    visit(5, "average_price", m.average_price);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueRequestRefused>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "response_to", m.response_to);
    visit(3, "venue_reason", m.venue_reason);
    visit(4, "text", m.text);
    visit(5, "message_rejected", m.message_rejected);
    visit(6, "order_has_ended", m.order_has_ended);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueExpired>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "filled", m.filled);
    visit(3, "average_price", m.average_price);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueDoneForDay>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "filled", m.filled);
    visit(3, "average_price", m.average_price);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueStatus>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "known", m.known);
    visit(3, "status", m.status);
    visit(4, "quantity", m.quantity);
    visit(5, "filled", m.filled);
    visit(6, "limit", m.limit);
    visit(7, "average_price", m.average_price);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueTerms>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "cl_ord_id", m.cl_ord_id);
    visit(2, "account", m.account);
    visit(3, "symbol", m.symbol);
    visit(4, "side", m.side);
    visit(5, "type", m.type);
    visit(6, "time_in_force", m.time_in_force);
    visit(7, "status", m.status);
    visit(8, "quantity", m.quantity);
    visit(9, "filled", m.filled);
    visit(10, "limit", m.limit);
    visit(11, "average_price", m.average_price);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, BookPlace>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "request", m.request);
    visit(2, "total", m.total);
    visit(3, "is_last", m.is_last);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueOrderTold>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "exec_type", m.exec_type);
    visit(3, "terms", m.terms);
    visit(4, "place", m.place);
    visit(5, "last_quantity", m.last_quantity);
    visit(6, "last_price", m.last_price);
    visit(7, "exec_ref_id", m.exec_ref_id);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueBookTold>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "venue", m.venue);
    visit(2, "request", m.request);
    visit(3, "is_refused", m.is_refused);
    visit(4, "text", m.text);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenuePositionTold>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "venue", m.venue);
    visit(2, "request", m.request);
    visit(3, "answer", m.answer);
    visit(4, "total", m.total);
    visit(5, "account", m.account);
    visit(6, "symbol", m.symbol);
    visit(7, "net", m.net);
    visit(8, "text", m.text);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, OutcomeUnknown>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "venue", m.venue);
    visit(2, "child", m.child);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueUndecodable>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "venue", m.venue);
    visit(2, "problem", m.problem);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueSuspended>
constexpr void describe(T& m, Visit&& visit) { visit(1, "report", m.report); }

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueStopped>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "quantity", m.quantity);
    visit(3, "price", m.price);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueTriggered>
constexpr void describe(T& m, Visit&& visit) { visit(1, "report", m.report); }

}  // namespace penstock::oms
