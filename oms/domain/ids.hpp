#pragma once

#include <compare>
#include <cstdint>

#include "oms/domain/text.hpp"

namespace penstock {

/// A number that names one kind of thing. Zero is "none". Issued by counters inside the core, so a
/// replay issues the same.
template <class Tag, class Number>
struct StrongId {
    using Value = Number;
    Number value = 0;

    constexpr bool is_none() const { return value == 0; }
    friend constexpr auto operator<=>(StrongId, StrongId) = default;
};

using Seq = StrongId<struct SeqTag, std::uint64_t>;        // position in the journal, from 1
using OrderId = StrongId<struct OrderTag, std::uint64_t>;  // what a client sent: OrderID(37)
using ChildId = StrongId<struct ChildTag, std::uint64_t>;  // what a venue sees
using ExecId = StrongId<struct ExecTag, std::uint64_t>;    // one report to a client: ExecID(17)
using InstrumentId = StrongId<struct InstrumentTag, std::uint32_t>;
using AccountId = StrongId<struct AccountTag, std::uint32_t>;
using VenueId = StrongId<struct VenueTag, std::uint32_t>;
using SessionId = StrongId<struct SessionTag, std::uint32_t>;  // one FIX session, client or venue

// Ids other parties choose. The capacities hold a UUID with room to spare; a longer id is refused
// at the door with the field's name.
using ClOrdId = FixedText<39>;       // ClOrdID(11), OrigClOrdID(41), also ours toward venues
using VenueOrderId = FixedText<39>;  // OrderID(37) as a venue gave it
using VenueExecId = FixedText<39>;   // ExecID(17) as a venue gave it
using RequestId = FixedText<39>;     // MassStatusReqID(584), OrdStatusReqID(790), MassActionReportID
using Symbol = FixedText<31>;        // Symbol(55)
using AccountName = FixedText<31>;   // Account(1)
using VenueName = FixedText<15>;     // ExDestination(100), LastMkt(30)
using SessionName = FixedText<63>;   // "FIX.4.4:PENSTOCK->CLIENT1"
using Text = FixedText<95>;          // Text(58)

}  // namespace penstock
