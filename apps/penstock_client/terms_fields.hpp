#pragma once

#include "apps/penstock_client/command.hpp"
#include "fix/codec/version.hpp"

namespace penstock::client {

/// OrdType(40) and the fields of the terms as this version has them: tag and value, in no order.
Fields fields_of(const Terms& terms, bool has_limit, oms::Side side, fix::Version version);

}  // namespace penstock::client
