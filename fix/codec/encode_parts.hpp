#pragma once

#include <string_view>

#include "fix/codec/encode.hpp"
#include "fix/codec/tags.hpp"

namespace penstock::fix {

// The messages one by one; `encode_body` picks. Inside this room only.

std::string_view encode(const oms::ExecutionReport& report, const EncodeContext& context, BodyWriter& out);
std::string_view encode(const oms::CancelReject& reject, const EncodeContext& context, BodyWriter& out);
std::string_view encode(const oms::MassCancelReport& report, const EncodeContext& context, BodyWriter& out);
std::string_view encode(const oms::BusinessReject& reject, const EncodeContext& context, BodyWriter& out);
std::string_view encode(const oms::ListStatus& status, const EncodeContext& context, BodyWriter& out);
std::string_view encode(const oms::VenueNewOrder& order, const EncodeContext& context, BodyWriter& out);
std::string_view encode(const oms::VenueAmendOrder& amend, const EncodeContext& context, BodyWriter& out);
std::string_view encode(const oms::VenueCancelOrder& cancel, const EncodeContext& context, BodyWriter& out);
std::string_view encode(const oms::VenueStatusRequest& request, const EncodeContext& context,
                        BodyWriter& out);

std::string_view encode(const oms::VenueMassStatusRequest& request, const EncodeContext& context,
                        BodyWriter& out);
std::string_view encode(const oms::VenuePositionsRequest& request, const EncodeContext& context,
                        BodyWriter& out);

/// Writes the field if there is something to say.
template <std::size_t Capacity>
void put(BodyWriter& out, Tag tag, const FixedText<Capacity>& value) {
    if (!value.empty()) out.text(tag, value.view());
}
template <class Kind>
void put(BodyWriter& out, Tag tag, const std::optional<DecimalOf<Kind>>& value) {
    if (value) out.decimal(tag, value->value);
}
/// Enumerations whose values are FIX characters; '\0' stands for a value we do not carry.
template <class Enum>
void put_code(BodyWriter& out, Tag tag, Enum value) {
    if (static_cast<char>(value) != '\0') out.character(tag, static_cast<char>(value));
}
inline void put_time(BodyWriter& out, Tag tag, Timestamp value, const EncodeContext& context) {
    if (!value.is_none()) out.timestamp(tag, value, context.timestamp_precision);
}

}  // namespace penstock::fix
