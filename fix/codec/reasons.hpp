#pragma once

#include <cstdint>

#include "fix/codec/version.hpp"
#include "oms/domain/output.hpp"

namespace penstock::fix {

// The standard's refusal codes nearest to our reasons, out of those the version has (FIX volume 6): the table
// is spec/fix/engagement/reasons.toml. Inside this room only; the text says what the code cannot. A venue's
// own code for an order or a request is passed on where the client's version has it.

/// OrdRejReason(103).
std::uint32_t order_reject_code(const oms::Denial& denial, Version version);
/// CxlRejReason(102).
std::uint32_t cancel_reject_code(const oms::Denial& denial, Version version);
/// ExecRestatementReason(378); not for None. What the version has no name for is 4 (broker option) in 4.2 and
/// 99 later.
std::uint32_t restatement_code(oms::RestatementReason reason, Version version);
/// ListRejectReason(1386), 5.0SP2.
std::uint32_t list_reject_code(const oms::Denial& denial);
/// MassCancelRejectReason(532), 4.4 and later.
std::uint32_t mass_cancel_reject_code(oms::Reason reason);

}  // namespace penstock::fix
