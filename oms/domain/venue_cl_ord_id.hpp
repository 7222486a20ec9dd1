#pragma once

#include <cstdint>
#include <optional>

#include "oms/domain/ids.hpp"
#include "oms/domain/time.hpp"

namespace penstock::oms {

/// Which Penstock gave out a ClOrdID: the instance (two characters, A-Z 0-9) and the epoch of its
/// journal. Two instances, or one instance with a fresh journal, never give out the same id: the epoch is
/// the hundredth of a second in which the journal was made.
struct IdSpace {
    FixedText<2> instance;
    std::uint64_t epoch = 0;  // 0..78364164095, seven base-36 digits
};

/// One request of one child, as the venue knows it.
struct ChildRequest {
    ChildId child;
    std::uint32_t revision = 0;  // 0 the new order, then one more for each amend or cancel

    friend bool operator==(const ChildRequest&, const ChildRequest&) = default;
};

/// The epoch of a journal made at this moment. Comes round after twenty-four years.
std::uint64_t epoch_of(Timestamp created);

/// "P10000001-2B-3": instance, epoch, child, revision, base 36. At most 20 characters for child ids below
/// 36^6 (two thousand million) and revisions below 36^3, which the core never exceeds; longer ones grow.
ClOrdId venue_cl_ord_id(const IdSpace& space, ChildRequest request);

/// The reverse. Nothing when the id is not one of this space: somebody else's order.
std::optional<ChildRequest> parse_venue_cl_ord_id(const IdSpace& space, std::string_view text);

/// MassStatusReqID(584) of our n-th request to a venue, and the reverse: zero when it is not one of this
/// space.
RequestId book_request_id(const IdSpace& space, std::uint32_t request);
std::uint32_t parse_book_request_id(const IdSpace& space, std::string_view text);
/// PosReqID(710), the same way.
RequestId position_request_id(const IdSpace& space, std::uint32_t request);
std::uint32_t parse_position_request_id(const IdSpace& space, std::string_view text);

}  // namespace penstock::oms
