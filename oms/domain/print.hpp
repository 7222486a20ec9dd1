#pragma once

#include <string>
#include <string_view>

#include "oms/domain/input.hpp"
#include "oms/domain/output.hpp"

namespace penstock::oms {

/// One line for people: `ExecutionReport{order_id=1 exec_type=Trade ...}`. Fields at their default
/// are left out. For tests, tools and the message when a replay differs; not for the order path.
std::string to_text(const InputBody& body);
std::string to_text(const Output& output);

/// "NewOrder", "ExecutionReport": the name of the struct, as in the lines above.
std::string_view name_of(const InputBody& body);
std::string_view name_of(const Output& output);

std::string to_text(Decimal value);
std::string to_text(const Notional& value);
/// "2026-11-21T09:30:00.123456789Z"
std::string to_text(Timestamp moment);

}  // namespace penstock::oms
