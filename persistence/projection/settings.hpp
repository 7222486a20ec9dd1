#pragma once

#include <filesystem>
#include <string>

#include "oms/domain/time.hpp"

namespace penstock::projection {

/// Where a projection goes: to a file, or to a server. Neither: there is none.
struct Settings {
    std::filesystem::path sqlite;
    std::string postgres;  // as libpq reads it; may hold a password
    std::string schema = "penstock";
    /// How long the database may take: to connect, for one statement, for a lock, for a commit.
    Duration deadline = Duration::seconds(10);

    bool is_on() const { return !sqlite.empty() || !postgres.empty(); }
};

}  // namespace penstock::projection
