#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "oms/domain/enums.hpp"

namespace penstock::fix {

/// What clients are told of a reason: a row of spec/fix/engagement/reasons.toml, made into C++ by
/// tools/gen_engagement.py. Inside this room only.
struct ReasonRow {
    std::array<std::uint8_t, 3> order;   // OrdRejReason(103); index: Version
    std::array<std::uint8_t, 3> cancel;  // CxlRejReason(102)
    std::uint8_t mass;                   // MassCancelRejectReason(532)
    std::string_view rule;               // in words
};

/// A reason that is None, or none we know, has the codes of "other" and no words.
const ReasonRow& row_of(oms::Reason reason);

}  // namespace penstock::fix
