#pragma once

#include <cstddef>
#include <cstdint>

#include "oms/domain/time.hpp"

namespace penstock::oms {

/// How much the core can hold. Address space for all of it is taken at start. At the bound finished
/// orders are forgotten, oldest first; when none is left a new order is refused (CapacityReached).
struct Capacity {
    std::uint32_t orders = 1'000'000;  // open and finished, together
    /// Amends in flight or waiting, and cancels beyond the first of an order; then TooManyRequests. The
    /// first cancel of an order always has a place.
    std::uint32_t requests = 262'144;
    std::uint32_t fills = 2'000'000;  // kept for duplicate detection; then an alarm per fill
    /// Refused orders remembered, so that a copy of one does not trade; then the oldest is forgotten.
    std::uint32_t refusals = 65'536;
};

/// Amends and cancels in flight on one order; then TooManyRequests. One cancel always fits.
inline constexpr int kMaxRequestsPerOrder = 16;
/// Amends and cancels sent for one order in its life, so that a venue ClOrdID never exceeds three
/// digits of revision and is never given out twice; then TooManyRequests. The last ones are for cancels.
inline constexpr std::uint32_t kMaxRevisionsPerChild = 46'655;
inline constexpr std::uint32_t kRevisionsKeptForCancels = 1'000;
/// Requests a group makes about one order without any of them coming to something; then the desk is told, and
/// the next try is at the venue's next logon or when something else about the order changes.
inline constexpr std::uint8_t kMaxGroupTries = 3;
/// Times a venue may refuse to cut the live slice of an iceberg to what is open; then the desk is told, and
/// the next try is at the venue's next logon or when what is open changes.
inline constexpr std::uint8_t kMaxTrimTries = 3;
/// Slices of one iceberg that are remembered; then the oldest that is done is forgotten, and a venue that
/// still reports on it causes an alarm.
inline constexpr int kMaxSlicesKept = 256;
/// Stops sent, timers run and pegs looked at in one step; the rest in the next, which follow at once.
inline constexpr int kMaxTriggeredPerStep = 256;
inline constexpr int kMaxTimersPerStep = 256;
inline constexpr int kMaxPegsPerStep = 256;
/// How long after an expiry that could not be carried out it is tried again.
inline constexpr Duration kExpiryRetry = Duration::seconds(5);
/// Times in a row a venue may say that it does not know an order it had accepted, or that it did not stand in
/// a list; then it is not asked about it any more, and the order is left to people.
inline constexpr std::uint8_t kMaxNotFound = 5;
/// Times in a row a venue is asked again because its status tells of another quantity filled than is booked.
/// Then the desk is told, what is booked stays booked and counts as confirmed, and the venue is not asked for
/// that until it has agreed once, or told of more where it had told of less; people find out what is right.
inline constexpr std::uint8_t kMaxDisputes = 5;
/// Times a venue is asked for its list of open orders, when the answer does not come or is not whole; then it
/// is asked about the orders one by one.
inline constexpr std::uint8_t kMaxBookTries = 5;
/// Lines of one list; a longer one is no list, and the venue is asked about the orders one by one.
inline constexpr std::uint32_t kMaxBookLines = 1'000'000;
/// Questions about single orders that a list leaves open, in one tick of a second; the rest in the next.
inline constexpr int kMaxSingleQuestionsPerTick = 10;
/// Orders at venues that nobody here owns, or that were adopted. At the bound the oldest that has ended is
/// forgotten; when none has, one more is told to the desk and kept in the journal only.
inline constexpr std::size_t kMaxVenueOrders = 4096;
/// OrderIDs(37) known to be of no order of ours, so that a report on one does not read every order again. At
/// the bound the one noted first is looked for once more.
inline constexpr std::size_t kMaxStrangers = 16'384;
/// A venue's trading day is no longer than this. What it says by OrderID(37) only of an order that has ended
/// is of that order within its day: OrderIDs are given again on the next one.
inline constexpr Duration kLongestTradingDay = Duration::seconds(24 * 60 * 60);
/// Positions: of a venue, an account and an instrument each. At the bound one more is neither counted nor
/// compared; the desk is told once. No order is refused for it.
inline constexpr std::size_t kMaxPositions = 16'384;
/// Outputs of one step about positions that a whole answer did not name; one more at most. The other
/// positions are looked at in the next, which follows at once.
inline constexpr std::size_t kMaxPositionOutputsPerStep = 250;
/// Reports of one answer to RequestForPositions(AN); a longer one is no answer.
inline constexpr std::uint32_t kMaxPositionLines = 65'536;
/// Status questions asked in one tick; the rest wait for the next.
inline constexpr int kMaxStatusQueriesPerTick = 100;
/// Working orders a venue is asked about in one tick after its logon, and places looked at to find them.
inline constexpr int kMaxReconciledPerTick = 500;
inline constexpr std::uint32_t kMaxPlacesLookedAtPerTick = 20'000;

/// Orders that one step of work on many cancels or tells of: what it causes stays below what the journal
/// writes at once. The rest follows in steps of their own, and others' inputs pass in between.
inline constexpr std::size_t kMaxBulkOrdersPerStep = 250;
/// Mass requests that are still at work; then the next long one is refused (TooManyRequests).
inline constexpr std::size_t kMaxMassRequests = 32;

}  // namespace penstock::oms
