#pragma once

#include <string>
#include <vector>

#include "fix/codec/version.hpp"

namespace penstock::fix::test {

/// Valid messages of the kinds served, plain ones and some with groups, of one version.
std::vector<std::string> valid_messages(Version version);

/// A limit order with the fields a desk sends.
std::string new_order_single(Version version);

}  // namespace penstock::fix::test
