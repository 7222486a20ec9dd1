#pragma once

#include <optional>
#include <string>

#include "apps/penstock/where.hpp"
#include "compliance/reports/export.hpp"

namespace penstock::apps {

/// Tells the penstockd of this journal that a report was exported, so that it is recorded like what else operators
/// do. Why that did not happen, or nothing.
std::optional<std::string> record_export(const Where& where, const reports::Request& request,
                                         const reports::Exported& done);

}  // namespace penstock::apps
