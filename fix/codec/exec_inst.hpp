#pragma once

#include <string_view>

#include "fix/codec/decode.hpp"
#include "oms/domain/conditions.hpp"

namespace penstock::fix {

/// What a peg is measured from. A trailing stop is a peg too, as FIX sees it.
struct PegWish {
    oms::PegKind kind = oms::PegKind::None;
    bool trails = false;

    bool is_none() const { return kind == oms::PegKind::None && !trails; }
    friend bool operator==(const PegWish&, const PegWish&) = default;
};

/// Reads ExecInst(18), single characters with a space between: sets post-only, reduce-only, held, release and
/// what a lost connection means in `out`, returns the peg it names. What only tells people how to handle an
/// order, or allows what we do not do, is passed over (1, 2, 4, 5, B, F, N, V, g); everything else is
/// complained of. Inside this room only.
PegWish read_exec_inst(ValueReader& reader, std::string_view value, oms::OrderConditions& out);

}  // namespace penstock::fix
