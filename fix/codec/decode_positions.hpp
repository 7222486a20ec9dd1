#pragma once

#include <optional>

#include "fix/codec/decode.hpp"
#include "fix/codec/decode_venue.hpp"

namespace penstock::fix {

/// A venue's answer to RequestForPositions(AN): its acknowledgement (AO), or a PositionReport(AP). Inside
/// this room only.
std::optional<oms::InputBody> decode_position(ValueReader& reader, const MessageIndex& message,
                                              const VenueContext& context);

}  // namespace penstock::fix
