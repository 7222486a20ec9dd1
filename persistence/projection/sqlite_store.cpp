#include "persistence/projection/sqlite_store.hpp"

#include <sqlite3.h>

#include <charconv>
#include <system_error>

#include "persistence/projection/schema.hpp"

namespace penstock::projection {
namespace fs = std::filesystem;
namespace {

constexpr std::array kSuffixes{"", "-wal", "-shm"};

std::string insert_into(const TableShape& shape) {
    std::string columns;
    std::string values;
    for (const TableColumn& column : shape.columns) {
        const std::string_view comma = columns.empty() ? "" : ", ";
        columns += std::string(comma) + '"' + std::string(column.name) + '"';
        values += std::string(comma) + "?";
    }
    return (shape.keeping == Keeping::Replaced ? "INSERT OR REPLACE INTO \"" : "INSERT INTO \"") +
           std::string(shape.name) + "\" (" + columns + ") VALUES (" + values + ")";
}

std::int64_t number_of(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void bind(SqliteStatement& statement, int at, ColumnType type, std::string_view text) {
    switch (type) {
        case ColumnType::Integer: return statement.bind(at, number_of(text));
        case ColumnType::Flag: return statement.bind(at, std::int64_t{text == "true"});
        case ColumnType::Bytes: return statement.bind_bytes(at, text);
        case ColumnType::Decimal:
        case ColumnType::Text: return statement.bind(at, text);
    }
}

}  // namespace

SqliteStore::SqliteStore(fs::path path, Place place, Duration deadline)
    : path_(std::move(path)), file_(path_), place_(place), deadline_(deadline) {
    if (place_ == Place::Aside) file_ += ".rebuild";
}

Outcome SqliteStore::open(Timestamp now) {
    // Statements must go before what they are statements of.
    inserts_ = {};
    mark_ = {};
    move_mark_ = {};
    database_.close();
    std::error_code ignored;
    if (file_.has_parent_path()) fs::create_directories(file_.parent_path(), ignored);
    if (place_ == Place::Aside)
        for (const char* suffix : kSuffixes) fs::remove(file_.string() + suffix, ignored);
    if (auto problem = database_.open(file_, deadline_)) return problem;
    if (auto problem = in_transaction([&] { return migrate(now); })) return problem;
    return prepare_inserts();
}

Outcome SqliteStore::in_transaction(const std::function<Outcome()>& work) {
    if (auto problem = database_.execute("BEGIN IMMEDIATE")) return problem;
    Outcome problem = work();
    if (!problem) problem = database_.execute("COMMIT");
    if (problem) static_cast<void>(database_.execute("ROLLBACK"));
    return problem;
}

Outcome SqliteStore::migrate(Timestamp now) {
    if (auto problem = database_.execute(std::string(kMigrationsTable))) return problem;
    std::vector<Applied> applied;
    SqliteStatement read;
    if (auto problem = database_.prepare(
            R"(SELECT "version", "sha256" FROM "schema_migrations" ORDER BY "version")", read))
        return problem;
    int result = read.step();
    for (; result == SQLITE_ROW; result = read.step())
        applied.push_back({static_cast<int>(read.number(0)), read.text(1)});
    if (result != SQLITE_DONE) return database_.problem(result);
    read.reset();
    if (const std::string why = misfit(applied); !why.empty())
        return StoreProblem{StoreProblem::Kind::Refused, file_.string() + ": " + why};
    for (const Migration& migration : migrations().subspan(applied.size())) {
        if (auto problem = database_.execute(in_dialect(migration.text, Dialect::Sqlite))) return problem;
        if (auto problem = note_migration(migration.version, now)) return problem;
    }
    return std::nullopt;
}

Outcome SqliteStore::note_migration(int version, Timestamp now) {
    const Migration& migration = migrations()[static_cast<std::size_t>(version) - 1];
    const std::string sha256 = fingerprint(migration);
    SqliteStatement note;
    if (auto problem = database_.prepare("INSERT INTO \"schema_migrations\" VALUES (?, ?, ?, ?)", note))
        return problem;
    note.bind(1, std::int64_t{version});
    note.bind(2, migration.name);
    note.bind(3, std::string_view(sha256));
    note.bind(4, now.ns);
    const int result = note.step();
    return result == SQLITE_DONE ? Outcome{} : database_.problem(result);
}

Outcome SqliteStore::prepare_inserts() {
    for (const Table table : kTables)
        if (auto problem =
                database_.prepare(insert_into(shape_of(table)), inserts_[static_cast<std::size_t>(table)]))
            return problem;
    if (auto problem =
            database_.prepare(R"(SELECT "seq", "time", "journal" FROM "watermark" WHERE "id" = 1)", mark_))
        return problem;
    return database_.prepare(R"(UPDATE "watermark" SET "seq" = ?, "time" = ? WHERE "id" = 1)", move_mark_);
}

Outcome SqliteStore::look_at_mark(Mark& mark, std::string& journal) {
    const int result = mark_.step();
    mark = {};
    if (result == SQLITE_ROW) {
        mark.seq = Seq{static_cast<std::uint64_t>(mark_.number(0))};
        mark.time = Timestamp{mark_.number(1)};
        journal = mark_.text(2);
    }
    mark_.reset();
    return result == SQLITE_ROW || result == SQLITE_DONE ? Outcome{} : database_.problem(result);
}

Outcome SqliteStore::read_mark(const persistence::Uuid& journal, Mark& mark) {
    return in_transaction([&]() -> Outcome {
        std::string noted;
        if (auto problem = look_at_mark(mark, noted)) return problem;
        mark.journal = journal;
        if (noted.empty())
            return database_.execute(
                "INSERT INTO \"watermark\" VALUES (1, 0, 0, '" + to_text(journal) + "')");
        if (noted == to_text(journal)) return std::nullopt;
        return StoreProblem{StoreProblem::Kind::Refused, file_.string() + ": " + of_another_journal(noted)};
    });
}

Outcome SqliteStore::apply(const Batch& batch) {
    return in_transaction([&]() -> Outcome {
        Mark mark;
        std::string journal;
        if (auto problem = look_at_mark(mark, journal)) return problem;
        if (mark.seq.value >= batch.last().value) return std::nullopt;
        if (mark.seq.value + 1 != batch.first().value)
            return StoreProblem{
                StoreProblem::Kind::Overtaken, file_.string() + ": " + overtaken(mark, batch)};
        return put_rows(batch);
    });
}

Outcome SqliteStore::put_rows(const Batch& batch) {
    for (const Table table : kTables) {
        const std::vector<TableColumn>& columns = shape_of(table).columns;
        SqliteStatement& insert = inserts_[static_cast<std::size_t>(table)];
        for (std::size_t i = 0; i < batch.rows(table); ++i) {
            const auto cells = batch.row(table, i);
            for (std::size_t at = 0; at < cells.size(); ++at) {
                const int place = static_cast<int>(at) + 1;
                if (cells[at].is_null)
                    insert.bind_null(place);
                else
                    bind(insert, place, columns[at].type, batch.text(table, cells[at]));
            }
            const int result = insert.step();
            if (result != SQLITE_DONE) {
                const StoreProblem problem = database_.problem(result);
                insert.reset();
                return problem;
            }
            insert.reset();
        }
    }
    move_mark_.bind(1, static_cast<std::int64_t>(batch.last().value));
    move_mark_.bind(2, batch.last_time().ns);
    const int result = move_mark_.step();
    const Outcome outcome = result == SQLITE_DONE ? Outcome{} : database_.problem(result);
    move_mark_.reset();
    return outcome;
}

Outcome SqliteStore::look(Mark& mark) {
    std::error_code failed;
    if (!fs::exists(file_, failed))
        return StoreProblem{StoreProblem::Kind::Refused,
                            file_.string() + ": is not there; `penstock projection run` makes it"};
    SqliteDatabase database;
    if (auto problem = database.open(file_, deadline_)) return problem;
    SqliteStatement read;
    if (auto problem = database.prepare(R"(SELECT "seq", "time" FROM "watermark" WHERE "id" = 1)", read))
        return problem;
    const int result = read.step();
    if (result == SQLITE_ROW)
        mark = {Seq{static_cast<std::uint64_t>(read.number(0))}, Timestamp{read.number(1)}, {}};
    return result == SQLITE_ROW || result == SQLITE_DONE ? Outcome{} : database.problem(result);
}

/// Readers of the one in use see the new one from one transaction on. Only what SQLite cannot open is put
/// aside: replacing a file whose log still lies beside it would mix the two.
Outcome SqliteStore::publish() {
    SqliteDatabase in_use;
    auto problem = in_use.open(path_, deadline_);
    if (!problem) problem = database_.copy_to(in_use);
    in_use.close();
    inserts_ = {};
    mark_ = {};
    move_mark_ = {};
    if (problem && problem->kind != StoreProblem::Kind::Refused) return problem;
    database_.close();
    std::error_code failed;
    if (problem) {
        for (const char* suffix : kSuffixes)
            if (fs::exists(path_.string() + suffix))
                fs::rename(path_.string() + suffix, path_.string() + ".damaged" + suffix, failed);
        if (!failed) fs::rename(file_, path_, failed);
        if (failed)
            return StoreProblem{StoreProblem::Kind::Unavailable,
                                path_.string() + ": cannot be put aside: " + failed.message()};
    }
    for (const char* suffix : kSuffixes) fs::remove(file_.string() + suffix, failed);
    return std::nullopt;
}

}  // namespace penstock::projection
