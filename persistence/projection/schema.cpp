#include "persistence/projection/schema.hpp"

#include "persistence/journal/format.hpp"
#include "persistence/snapshot/file_sink.hpp"

namespace penstock::projection {
namespace {

constexpr std::string_view kOnlyPostgres = "--postgresql ";

void replace_all(std::string& text, std::string_view word, std::string_view by) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + by.size()))
        text.replace(at, word.size(), by);
}

}  // namespace

std::string in_dialect(std::string_view text, Dialect dialect) {
    std::string made(text);
    switch (dialect) {
        case Dialect::Postgres: replace_all(made, kOnlyPostgres, ""); break;
        case Dialect::Sqlite:
            replace_all(made, " NUMERIC", " TEXT");
            replace_all(made, " BYTEA", " BLOB");
            break;
    }
    return made;
}

std::string fingerprint(const Migration& migration) {
    persistence::Sha256 hash;
    hash.add(migration.text);
    std::string text;
    for (const std::uint8_t byte : hash.finish()) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 0xFU];
    }
    return text;
}

std::string misfit(std::span<const Applied> applied) {
    const auto known = migrations();
    for (std::size_t at = 0; at < applied.size(); ++at) {
        const std::string version = std::to_string(applied[at].version);
        if (at >= known.size())
            return "its schema has version " + version + ", and this program knows " +
                   std::to_string(known.size()) +
                   ": it is of a newer Penstock. Use that one, or `penstock projection rebuild` to make it "
                   "anew";
        if (applied[at].version != known[at].version || applied[at].fingerprint != fingerprint(known[at]))
            return "migration " + version +
                   " was not the one of this program: the schema is of somebody else, or of a Penstock "
                   "between "
                   "releases. `penstock projection rebuild` makes it anew";
    }
    return {};
}

}  // namespace penstock::projection
