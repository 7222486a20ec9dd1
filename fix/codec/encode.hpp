#pragma once

#include <string_view>

#include "fix/codec/body_writer.hpp"
#include "fix/codec/version.hpp"
#include "oms/domain/output.hpp"
#include "oms/domain/venue_cl_ord_id.hpp"

namespace penstock::fix {

/// How the session an output leaves by wants it.
struct EncodeContext {
    Version version = Version::Fix44;
    oms::IdSpace ids;             // ours, for ClOrdIDs toward venues
    int timestamp_precision = 3;  // decimals of TransactTime(60), 0..9
};

/// No body written by `encode_body` is longer.
inline constexpr std::size_t kMaxBody = 2048;

/// Writes the body of the message an output becomes, fields in ascending tag order and those of a
/// group in the standard's (the order QuickFIX would give them), and returns its MsgType(35): 8, 9, r, j, N,
/// D, G, F, H. Empty for decisions and alarms, which are sent to nobody. Appends to `out`; look at
/// `out.overflowed()` afterwards.
std::string_view encode_body(const oms::Output& output, const EncodeContext& context, BodyWriter& out);

}  // namespace penstock::fix
