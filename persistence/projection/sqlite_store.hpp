#pragma once

#include <array>
#include <filesystem>
#include <functional>

#include "persistence/projection/sqlite_database.hpp"
#include "persistence/projection/store.hpp"

namespace penstock::projection {

/// A projection in a file. Aside, the file is called "<name>.rebuild".
class SqliteStore final : public Store {
  public:
    SqliteStore(std::filesystem::path path, Place place, Duration deadline);
    Outcome open(Timestamp now) override;
    Outcome read_mark(const persistence::Uuid& journal, Mark& mark) override;
    Outcome apply(const Batch& batch) override;
    Outcome look(Mark& mark) override;
    Outcome publish() override;

  private:
    Outcome migrate(Timestamp now);
    Outcome note_migration(int version, Timestamp now);
    Outcome prepare_inserts();
    Outcome put_rows(const Batch& batch);
    Outcome look_at_mark(Mark& mark, std::string& journal);
    Outcome in_transaction(const std::function<Outcome()>& work);

    std::filesystem::path path_;  // of the one in use
    std::filesystem::path file_;  // of this one
    Place place_;
    Duration deadline_;
    SqliteDatabase database_;
    std::array<SqliteStatement, kTables.size()> inserts_;
    SqliteStatement mark_;
    SqliteStatement move_mark_;
};

}  // namespace penstock::projection
