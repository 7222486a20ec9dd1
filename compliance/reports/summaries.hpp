#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <type_traits>

#include "persistence/history/rows.hpp"

namespace penstock::reports {

// Rows that are counted up over the period of a report and told at its end.

/// What one FIX session did in the period, by the numbers in the journal.
struct SessionSummary {
    SessionName session;
    std::uint64_t logons = 0;
    std::uint64_t logouts = 0;      // by the client's own Logout(5)
    std::uint64_t losses = 0;       // of the connection
    std::uint64_t resets = 0;       // of both numbers to 1
    std::uint64_t messages_in = 0;  // messages about orders; those of the session itself are not counted
    std::uint64_t messages_out = 0;
    std::uint32_t first_in = 0;  // MsgSeqNum(34)
    std::uint32_t last_in = 0;
    std::uint32_t first_out = 0;
    std::uint32_t last_out = 0;
    std::uint64_t steps_back_in = 0;  // a number that was not above the one before, without a reset: never
    std::uint64_t steps_back_out = 0;
    std::uint64_t rejects_in = 0;  // of what it sent: by us
    Timestamp first_time;
    Timestamp last_time;
};

/// How the time a counterparty said compares with ours. A difference holds transit and both clocks: it is an
/// upper bound of neither.
struct ClockSummary {
    std::string source;  // a session, or a venue
    std::uint64_t messages = 0;
    std::optional<Decimal> least_ns;  // ours minus theirs
    std::optional<Decimal> most_ns;
    std::uint64_t beyond_100us = 0;  // by more than the tolerance, either way
    std::uint64_t beyond_1ms = 0;
    std::uint64_t beyond_50ms = 0;
    std::uint64_t beyond_1s = 0;
    Timestamp first_time;
    Timestamp last_time;
    std::string note;
};

/// One thing that was checked.
struct IntegrityCheck {
    std::string check;
    std::string result;  // "sound", "broken", "not checked"
    std::string value;
    std::string note;
};

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, SessionSummary>
constexpr void describe(T& m, Visit&& visit) {
    visit("session", m.session);
    visit("logons", m.logons);
    visit("logouts", m.logouts);
    visit("losses", m.losses);
    visit("resets", m.resets);
    visit("messages_in", m.messages_in);
    visit("messages_out", m.messages_out);
    visit("first_in", m.first_in);
    visit("last_in", m.last_in);
    visit("first_out", m.first_out);
    visit("last_out", m.last_out);
    visit("steps_back_in", m.steps_back_in);
    visit("steps_back_out", m.steps_back_out);
    visit("rejects_in", m.rejects_in);
    visit("first_time", m.first_time);
    visit("last_time", m.last_time);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, ClockSummary>
constexpr void describe(T& m, Visit&& visit) {
    visit("source", m.source);
    visit("messages", m.messages);
    visit("least_ns", m.least_ns);
    visit("most_ns", m.most_ns);
    visit("beyond_100us", m.beyond_100us);
    visit("beyond_1ms", m.beyond_1ms);
    visit("beyond_50ms", m.beyond_50ms);
    visit("beyond_1s", m.beyond_1s);
    visit("first_time", m.first_time);
    visit("last_time", m.last_time);
    visit("note", m.note);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, IntegrityCheck>
constexpr void describe(T& m, Visit&& visit) {
    visit("check", m.check);
    visit("result", m.result);
    visit("value", m.value);
    visit("note", m.note);
}

}  // namespace penstock::reports
