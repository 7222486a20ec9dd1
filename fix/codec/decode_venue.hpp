#pragma once

#include <optional>

#include "fix/codec/message_index.hpp"
#include "fix/codec/version.hpp"
#include "oms/domain/input.hpp"
#include "oms/domain/venue_cl_ord_id.hpp"

namespace penstock::fix {

/// What decoding needs to know about the venue a message came from.
struct VenueContext {
    VenueId venue;
    Version version = Version::Fix44;
    oms::IdSpace ids;  // tells our ClOrdIDs from other people's
};

/// Reads a venue's message into the fact it states. Nothing when it states none we act on (pending
/// acknowledgements, incremental market data) or when it cannot be read; in the latter case, and only
/// then, `problem` says what is wrong, because a report that is not understood needs somebody's eyes.
std::optional<oms::InputBody> decode_venue(const MessageIndex& message, const VenueContext& context,
                                           Text* problem = nullptr);

}  // namespace penstock::fix
