#pragma once

#include <optional>
#include <string>

#include "apps/penstock/where.hpp"
#include "compliance/reports/export.hpp"

namespace penstock::apps {

/// Records that a report was exported, with the hash of its file, like everything that operators do: by the
/// penstockd that runs there, or in its journal. Why that did not happen, or nothing.
std::optional<std::string> record_export(const Where& where, const reports::Request& request,
                                         const reports::Exported& done);

}  // namespace penstock::apps
