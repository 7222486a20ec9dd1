#pragma once

#include <cstdint>

#include "fix/codec/version.hpp"
#include "oms/domain/enums.hpp"

namespace penstock::fix {

// The standard's refusal codes nearest to our reasons, out of those the version has (FIX volume 6).
// Inside this room only; the text says what the code cannot.

/// OrdRejReason(103).
std::uint32_t order_reject_code(oms::Reason reason, Version version);
/// CxlRejReason(102).
std::uint32_t cancel_reject_code(oms::Reason reason, Version version);
/// MassCancelRejectReason(532), 4.4 and later.
std::uint32_t mass_cancel_reject_code(oms::Reason reason);

}  // namespace penstock::fix
