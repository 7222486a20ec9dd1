#pragma once

#include <optional>
#include <string>

#include "oms/engine/core.hpp"
#include "oms/ports/journal.hpp"

namespace penstock::oms {

/// Executes one recorded input again and compares what it causes with what the record says it caused.
/// Nothing when they agree; else a text that names the seq and shows both versions.
std::optional<std::string> replay(Core& core, const Record& record, Outbox& scratch);
/// The same; what the record holds is looked at only when it differs.
std::optional<std::string> replay(Core& core, StoredRecord& record, Outbox& scratch);

}  // namespace penstock::oms
