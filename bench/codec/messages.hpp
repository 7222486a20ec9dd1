#pragma once

#include <string>
#include <vector>

#include "oms/domain/output.hpp"

namespace penstock::bench {

/// NewOrderSingle(D) of some 190 bytes with 12 body fields, as bench_relay sends them. Many, and all
/// different, so that no branch predictor learns one by heart.
std::vector<std::string> order_messages();

/// What the core says about a partial fill: 19 body fields on the wire.
std::vector<oms::Output> fill_reports();

inline constexpr std::size_t kMessages = 256;

}  // namespace penstock::bench
