#pragma once

#include <span>
#include <string>
#include <string_view>

namespace penstock::projection {

/// A file of spec/sql, built in. Versions count from one, in order, without a gap.
struct Migration {
    int version = 0;
    std::string_view name;
    std::string_view text;
};
std::span<const Migration> migrations();

enum class Dialect : unsigned char { Sqlite, Postgres };
/// The text as that database understands it; README.md of spec/sql has the rules.
std::string in_dialect(std::string_view text, Dialect dialect);
/// SHA-256 of the text as it stands in the file, in hexadecimal digits: what was applied is noted with it.
std::string fingerprint(const Migration& migration);

/// What a database has noted of one migration.
struct Applied {
    int version = 0;
    std::string fingerprint;
};
/// Why this program must not touch a database with these, in order of version; empty: it may, and those after
/// them are to be applied.
std::string misfit(std::span<const Applied> applied);

/// The table that notes them.
inline constexpr std::string_view kMigrationsTable =
    "CREATE TABLE IF NOT EXISTS \"schema_migrations\" (\"version\" BIGINT NOT NULL, \"name\" TEXT NOT NULL,"
    " \"sha256\" TEXT NOT NULL, \"applied\" BIGINT NOT NULL, PRIMARY KEY (\"version\"))";

}  // namespace penstock::projection
