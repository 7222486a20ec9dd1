#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "persistence/projection/store.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace penstock::projection {

/// A prepared statement. Its values are counted from one, its columns from zero.
class SqliteStatement {
  public:
    SqliteStatement() = default;
    explicit SqliteStatement(sqlite3_stmt* statement) : statement_(statement) {}
    explicit operator bool() const { return statement_ != nullptr; }
    void bind(int at, std::int64_t value);
    /// `text` must stay as it is until the next reset.
    void bind(int at, std::string_view text);
    void bind_bytes(int at, std::string_view bytes);
    void bind_null(int at);
    /// One step; SQLite's result.
    int step();
    void reset();
    std::int64_t number(int column) const;
    std::string text(int column) const;

  private:
    struct Free {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Free> statement_;
};

/// One open file. Problems name it.
class SqliteDatabase {
  public:
    Outcome open(const std::filesystem::path& path, Duration deadline);
    /// Checkpoints and closes.
    void close() { handle_.reset(); }
    bool is_open() const { return handle_ != nullptr; }
    Outcome execute(const std::string& sql);
    Outcome prepare(const std::string& sql, SqliteStatement& statement);
    int changes() const;
    /// What SQLite's result means for who projects.
    StoreProblem problem(int result) const;
    /// Overwrites `into` with all of this, in one transaction.
    Outcome copy_to(SqliteDatabase& into);

  private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    std::unique_ptr<sqlite3, Close> handle_;
    std::filesystem::path path_;
    Duration deadline_;
};

}  // namespace penstock::projection
