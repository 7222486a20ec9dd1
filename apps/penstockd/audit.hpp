#pragma once

#include <memory>
#include <optional>
#include <string>

#include "compliance/follower/audit_thread.hpp"
#include "config/config.hpp"

namespace penstock::apps {

/// The audit the configuration asks for: opened, not started. Nothing when it asks for none.
struct MadeAudit {
    std::unique_ptr<compliance::AuditThread> audit;
    std::optional<std::string> error;  // a line for operators
};
MadeAudit make_audit(const config::Config& config, compliance::Say say);

/// `penstockd audit-keygen`: makes a key file and prints the public key. An exit code.
int audit_keygen(const std::string& name, const std::string& file);

}  // namespace penstock::apps
