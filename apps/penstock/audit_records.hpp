#pragma once

#include <memory>

#include "apps/penstock/where.hpp"
#include "compliance/reports/records.hpp"

namespace penstock::apps {

/// Is the folder that was named an audit, or a copy of one, and no journal?
bool is_audit(const Where& where);
/// The records a command is about: of the journal, or of the audit that was named instead. To be opened. All
/// that a penstockd which runs there has made durable by now is in them; that takes a tenth of a second, two
/// at most.
std::unique_ptr<reports::Records> records_of(const Where& where);
/// Why not all of the journal's records can be read, and what has them instead, for operators; nothing when
/// the first one is there.
std::optional<std::string> why_not_whole(const Where& where);
/// Where the audit lies: as named, or in the state folder.
std::filesystem::path audit_of(const Where& where, const std::string& named);

}  // namespace penstock::apps
