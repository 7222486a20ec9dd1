#include "persistence/projection/store.hpp"

#include "persistence/projection/postgres_store.hpp"
#include "persistence/projection/settings.hpp"
#include "persistence/projection/sqlite_store.hpp"

namespace penstock::projection {

std::string to_text(const persistence::Uuid& journal) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : journal) {
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 0xFU];
    }
    return text;
}

std::string of_another_journal(std::string_view noted) {
    return "holds the projection of another journal (" + std::string(noted) +
           "). Name another database, or `penstock projection rebuild` to replace it";
}

std::string overtaken(const Mark& mark, const Batch& batch) {
    return "has the records up to " + std::to_string(mark.seq.value) + ", and those from " +
           std::to_string(batch.first().value) +
           " on were to follow: somebody else writes there, or it was restored";
}

std::unique_ptr<Store> make_store(const Settings& settings, Place place) {
    if (!settings.postgres.empty()) return std::make_unique<PostgresStore>(settings, place);
    return std::make_unique<SqliteStore>(settings.sqlite, place, settings.deadline);
}

}  // namespace penstock::projection
