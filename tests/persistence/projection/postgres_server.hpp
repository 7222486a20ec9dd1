#pragma once

#include <filesystem>
#include <string>

#include "persistence/projection/settings.hpp"
#include "tests/persistence/projection/expected.hpp"

namespace penstock::projection {

/// A PostgreSQL server of the test's own, in a folder that is gone afterwards, on a socket in it.
class PostgresServer {
  public:
    /// Why there can be none here; empty: there can.
    static std::string why_not();

    PostgresServer();
    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    void start();
    /// SIGKILL: no checkpoint, no farewell to anybody.
    void kill();
    std::string connection() const;
    /// A new database with nothing in it, and how to get there.
    Settings settings_of_new_database();

  private:
    int run(const std::string& command) const;

    std::filesystem::path folder_;
    int databases_ = 0;
};

AllRows rows_of_postgres(const Settings& settings);

}  // namespace penstock::projection
