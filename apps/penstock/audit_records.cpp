#include "apps/penstock/audit_records.hpp"

namespace penstock::apps {

bool is_audit(const Where& where) {
    const std::filesystem::path& folder = where.journal.directory;
    return !std::filesystem::exists(folder / "HEAD") && std::filesystem::exists(folder / "checkpoint");
}

std::unique_ptr<reports::Records> records_of(const Where& where) {
    if (is_audit(where)) return std::make_unique<reports::AuditRecords>(where.journal.directory);
    return std::make_unique<reports::JournalRecords>(where.journal);
}

std::filesystem::path audit_of(const Where& where, const std::string& named) {
    if (!named.empty()) return named;
    return is_audit(where) ? where.journal.directory : where.state / "audit";
}

}  // namespace penstock::apps
