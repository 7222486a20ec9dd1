#include "persistence/projection/sqlite_database.hpp"

#include <sqlite3.h>

namespace penstock::projection {

void SqliteStatement::Free::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void SqliteStatement::bind(int at, std::int64_t value) { sqlite3_bind_int64(statement_.get(), at, value); }
void SqliteStatement::bind(int at, std::string_view text) {
    sqlite3_bind_text(statement_.get(), at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}
void SqliteStatement::bind_bytes(int at, std::string_view bytes) {
    sqlite3_bind_blob(statement_.get(), at, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
}
void SqliteStatement::bind_null(int at) { sqlite3_bind_null(statement_.get(), at); }
int SqliteStatement::step() { return sqlite3_step(statement_.get()); }
void SqliteStatement::reset() { sqlite3_reset(statement_.get()); }
std::int64_t SqliteStatement::number(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}
std::string SqliteStatement::text(int column) const {
    const void* const bytes = sqlite3_column_blob(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return bytes == nullptr ? std::string()
                            : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

void SqliteDatabase::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Outcome SqliteDatabase::open(const std::filesystem::path& path, Duration deadline) {
    path_ = path;
    deadline_ = deadline;
    handle_.reset();
    sqlite3* handle = nullptr;
    const int opened = sqlite3_open_v2(
        path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(handle);
    if (opened != SQLITE_OK) return problem(opened);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, static_cast<int>(deadline.ns / 1'000'000));
    // Readers do not wait for the writer then. A power failure may take the newest transactions, whole ones;
    // the journal still has them.
    return execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000");
}

Outcome SqliteDatabase::execute(const std::string& sql) {
    const int result = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    return result == SQLITE_OK ? Outcome{} : problem(result);
}

Outcome SqliteDatabase::prepare(const std::string& sql, SqliteStatement& statement) {
    sqlite3_stmt* made = nullptr;
    const int result =
        sqlite3_prepare_v3(handle_.get(), sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    statement = SqliteStatement(made);
    return result == SQLITE_OK ? Outcome{} : problem(result);
}

int SqliteDatabase::changes() const { return sqlite3_changes(handle_.get()); }

StoreProblem SqliteDatabase::problem(int result) const {
    const std::string what = handle_ != nullptr ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(result);
    const std::string where = path_.string() + ": ";
    constexpr int kPrimary = 0xFF;
    switch (result & kPrimary) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {
                StoreProblem::Kind::Unavailable,
                where + "locked by another process for longer than " +
                    std::to_string(deadline_.ns / 1'000'000) + " ms (`fuser` names it); it is tried again"};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {StoreProblem::Kind::Refused,
                    where + "damaged (" + what +
                        "). The journal has everything that was in it: `penstock projection rebuild` makes "
                        "it anew and puts this one aside"};
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH: return {StoreProblem::Kind::Refused, where + "may not be written (" + what + ")"};
        case SQLITE_ERROR:
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
        case SQLITE_SCHEMA:
            return {StoreProblem::Kind::Refused,
                    where + what +
                        ": its tables are not those a projection makes. `penstock projection rebuild` makes "
                        "them anew"};
        default: return {StoreProblem::Kind::Unavailable, where + what + "; it is tried again"};
    }
}

Outcome SqliteDatabase::copy_to(SqliteDatabase& into) {
    sqlite3_backup* const backup = sqlite3_backup_init(into.handle_.get(), "main", handle_.get(), "main");
    if (backup == nullptr) return into.problem(sqlite3_errcode(into.handle_.get()));
    const int stepped = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (stepped == SQLITE_DONE && finished == SQLITE_OK) return std::nullopt;
    return into.problem(stepped == SQLITE_DONE ? finished : stepped);
}

}  // namespace penstock::projection
