#include "persistence/projection/postgres_store.hpp"

#include <charconv>

#include "persistence/history/columns.hpp"
#include "persistence/projection/schema.hpp"

namespace penstock::projection {
namespace {

constexpr std::int64_t kDay_ns = 86'400'000'000'000;

template <class Number>
Number number_of(std::string_view text) {
    Number value{};
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// A value as COPY's text format has it.
void append_copied(std::string& out, std::string_view text, ColumnType type) {
    if (type == ColumnType::Bytes) {
        out += "\\\\x";
        for (const char byte : text)
            for (const unsigned shift : {4U, 0U})
                out += "0123456789abcdef"[(static_cast<unsigned char>(byte) >> shift) & 0xFU];
        return;
    }
    for (const char c : text) {
        switch (c) {
            case '\\': out += "\\\\"; break;
            case '\t': out += "\\t"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            default: out += c;
        }
    }
}

std::string lines_of(const Batch& batch, Table table) {
    std::string out;
    const std::vector<TableColumn>& columns = shape_of(table).columns;
    for (std::size_t i = 0; i < batch.rows(table); ++i) {
        const auto cells = batch.row(table, i);
        for (std::size_t at = 0; at < cells.size(); ++at) {
            if (at > 0) out += '\t';
            if (cells[at].is_null)
                out += "\\N";
            else
                append_copied(out, batch.text(table, cells[at]), columns[at].type);
        }
        out += '\n';
    }
    return out;
}

std::string in_quotes(std::string_view name) { return '"' + std::string(name) + '"'; }

/// Moves what was copied into a table of this connection to where it belongs.
std::string merge(const TableShape& shape) {
    std::string keys;
    std::string sets;
    for (const TableColumn& column : shape.columns) {
        std::string& list = column.is_key ? keys : sets;
        if (!list.empty()) list += ", ";
        list += in_quotes(column.name);
        if (!column.is_key) list += " = EXCLUDED." + in_quotes(column.name);
    }
    const std::string name(shape.name);
    return "INSERT INTO \"" + name + "\" SELECT * FROM pg_temp.\"new_" + name + "\" ON CONFLICT (" + keys +
           ") DO UPDATE SET " + sets + "; TRUNCATE pg_temp.\"new_" + name + "\"";
}

}  // namespace

PostgresStore::PostgresStore(const Settings& settings, Place place)
    : settings_(settings), place_(place), schema_(settings.schema), link_(settings.deadline) {
    if (place_ == Place::Aside) schema_ += "_rebuild";
}

Outcome PostgresStore::connect() {
    if (auto problem = link_.connect(settings_.postgres)) return problem;
    // A commit waits for this server's own disk, and for no standby: what a failover takes is put in again.
    const std::string timeout = std::to_string(settings_.deadline.ns / 1'000'000);
    return link_.execute(
        "SET client_encoding = 'UTF8'; SET synchronous_commit = local; SET lock_timeout = " + timeout +
        "; SET statement_timeout = " + timeout + "; SET search_path = \"" + schema_ +
        "\"; SET client_min_messages = error; SET idle_in_transaction_session_timeout = 60000");
}

Outcome PostgresStore::in_transaction(const std::function<Outcome()>& work) {
    if (auto problem = link_.execute("BEGIN")) return problem;
    Outcome problem = work();
    if (!problem) return link_.execute("COMMIT");
    if (link_.is_open()) static_cast<void>(link_.execute("ROLLBACK"));
    return problem;
}

Outcome PostgresStore::open(Timestamp now) {
    days_.clear();
    if (auto problem = connect()) return problem;
    auto problem = in_transaction([&] { return migrate(now); });
    if (problem) return problem;
    std::string sql;
    for (const Table table : kTables) {
        const TableShape& shape = shape_of(table);
        if (shape.keeping == Keeping::Replaced)
            sql += "CREATE TEMPORARY TABLE \"new_" + std::string(shape.name) + "\" (LIKE \"" +
                   std::string(shape.name) + "\");";
    }
    return link_.execute(sql);
}

Outcome PostgresStore::migrate(Timestamp now) {
    PostgresRows rows;
    const std::string schema = in_quotes(schema_);
    // One program at a time makes or changes tables; the number is any that nobody else uses.
    std::string begin = "SELECT pg_advisory_xact_lock(5783106226001713);";
    if (place_ == Place::Aside) begin += "DROP SCHEMA IF EXISTS " + schema + " CASCADE;";
    begin += "SELECT 1 FROM pg_namespace WHERE nspname = '" + schema_ + "'";
    if (auto problem = link_.execute(begin, &rows)) return problem;
    if (rows.empty())
        if (auto problem = link_.execute("CREATE SCHEMA " + schema)) return problem;
    if (auto problem = link_.execute(std::string(kMigrationsTable))) return problem;
    if (auto problem =
            link_.execute(R"(SELECT "version", "sha256" FROM "schema_migrations" ORDER BY "version")", &rows))
        return problem;
    std::vector<Applied> applied;
    for (const auto& row : rows) applied.push_back({number_of<int>(row[0]), row[1]});
    if (const std::string why = misfit(applied); !why.empty())
        return StoreProblem{StoreProblem::Kind::Refused, named(why)};
    for (const Migration& migration : migrations().subspan(applied.size())) {
        const std::string note =
            "INSERT INTO \"schema_migrations\" VALUES (" + std::to_string(migration.version) + ", '" +
            std::string(migration.name) + "', '" + fingerprint(migration) + "', " + std::to_string(now.ns) +
            ")";
        if (auto problem = link_.execute(in_dialect(migration.text, Dialect::Postgres) + "\n;" + note))
            return problem;
    }
    return std::nullopt;
}

Outcome PostgresStore::read(Mark& mark, std::string& journal, const char* how) {
    PostgresRows rows;
    mark = {};
    if (auto problem = link_.execute(
            std::string(R"(SELECT "seq", "time", "journal" FROM "watermark" WHERE "id" = 1)") + how, &rows))
        return problem;
    if (rows.empty()) return std::nullopt;
    mark = {Seq{number_of<std::uint64_t>(rows[0][0])}, Timestamp{number_of<std::int64_t>(rows[0][1])}, {}};
    journal = rows[0][2];
    return std::nullopt;
}

Outcome PostgresStore::read_mark(const persistence::Uuid& journal, Mark& mark) {
    return in_transaction([&]() -> Outcome {
        std::string noted;
        if (auto problem = read(mark, noted, " FOR UPDATE")) return problem;
        mark.journal = journal;
        if (noted.empty())
            return link_.execute("INSERT INTO \"watermark\" VALUES (1, 0, 0, '" + to_text(journal) + "')");
        if (noted == to_text(journal)) return std::nullopt;
        return StoreProblem{StoreProblem::Kind::Refused, named(of_another_journal(noted))};
    });
}

Outcome PostgresStore::apply(const Batch& batch) {
    return in_transaction([&]() -> Outcome {
        Mark mark;
        std::string journal;
        // Whoever else wants to write waits here.
        if (auto problem = read(mark, journal, " FOR UPDATE")) return problem;
        if (mark.seq.value >= batch.last().value) return std::nullopt;
        if (mark.seq.value + 1 != batch.first().value)
            return StoreProblem{StoreProblem::Kind::Overtaken, named(overtaken(mark, batch))};
        if (auto problem = make_days(batch)) return problem;
        return put_rows(batch);
    });
}

/// The partitions of the days of these records. Made in the same transaction: if that fails they are asked
/// for again, since a failure opens the store anew.
Outcome PostgresStore::make_days(const Batch& batch) {
    std::set<std::int64_t> wanted;
    for (std::size_t i = 0; i < batch.rows(Table::AuditIndex); ++i) {
        constexpr std::size_t kTimeColumn = 1;
        const auto time = number_of<std::int64_t>(
            batch.text(Table::AuditIndex, batch.row(Table::AuditIndex, i)[kTimeColumn]));
        const std::int64_t day = time / kDay_ns - (time % kDay_ns < 0 ? 1 : 0);
        if (!days_.contains(day)) wanted.insert(day);
    }
    for (const std::int64_t day : wanted) {
        std::string date;
        history::append(date, Timestamp{day * kDay_ns});
        const std::string digits = date.substr(0, 4) + date.substr(5, 2) + date.substr(8, 2);
        std::string sql;
        for (const Table table : kTables) {
            const TableShape& shape = shape_of(table);
            const std::string name(shape.name);
            if (shape.is_by_day)
                sql += "CREATE TABLE IF NOT EXISTS \"" + name + "_" + digits + "\" PARTITION OF \"" + name +
                       "\" FOR VALUES FROM (" + std::to_string(day * kDay_ns) + ") TO (" +
                       std::to_string((day + 1) * kDay_ns) + ");";
        }
        if (auto problem = link_.execute(sql)) return problem;
        days_.insert(day);
    }
    return std::nullopt;
}

Outcome PostgresStore::put_rows(const Batch& batch) {
    std::string after;
    for (const Table table : kTables) {
        if (batch.rows(table) == 0) continue;
        const TableShape& shape = shape_of(table);
        const bool is_merged = shape.keeping == Keeping::Replaced;
        const std::string target = (is_merged ? "pg_temp.\"new_" : "\"") + std::string(shape.name) + '"';
        if (auto problem = link_.copy(target, lines_of(batch, table))) return problem;
        if (is_merged) after += merge(shape) + ";";
    }
    return link_.execute(after + "UPDATE \"watermark\" SET \"seq\" = " + std::to_string(batch.last().value) +
                         ", \"time\" = " + std::to_string(batch.last_time().ns) + " WHERE \"id\" = 1");
}

Outcome PostgresStore::look(Mark& mark) {
    if (auto problem = connect()) return problem;
    std::string journal;
    return read(mark, journal, "");
}

/// Readers see the old tables until the commit, and the new ones after it.
Outcome PostgresStore::publish() {
    const std::string in_use = in_quotes(settings_.schema);
    return link_.execute(
        "BEGIN; SELECT pg_advisory_xact_lock(5783106226001713); DROP SCHEMA IF EXISTS " + in_use +
        " CASCADE; ALTER SCHEMA " + in_quotes(schema_) + " RENAME TO " + in_use + "; COMMIT");
}

}  // namespace penstock::projection
