#include "tests/persistence/projection/projecting.hpp"

#include "tests/persistence/journal/test_journal.hpp"

namespace penstock::projection {

persistence::JournalSettings journal_in(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    persistence::JournalSettings settings =
        persistence::quiet_settings(folder, persistence::Durability::Process);
    settings.watermark_interval = Duration::milliseconds(1);
    return settings;
}

persistence::JournalIdentity identity_of(const persistence::JournalSettings& journal) {
    persistence::JournalReader reader;
    EXPECT_FALSE(reader.open(journal));
    return reader.identity();
}

std::filesystem::path memory_of(const persistence::JournalSettings& journal) {
    return journal.directory.parent_path() / "projection";
}

Projector projector_of(const persistence::JournalSettings& journal, Store& store, const Bounds& bounds,
                       std::vector<std::string>* notes, std::function<bool()> is_over) {
    return Projector({journal, store, MemoryStore(memory_of(journal)), bounds,
                      [notes](std::string_view line) {
                          if (notes != nullptr) notes->emplace_back(line);
                      },
                      std::move(is_over)});
}

void advance_to_end(Projector& projector) {
    std::uint64_t records = 1;
    while (records > 0) {
        const Outcome outcome = projector.advance(records);
        ASSERT_FALSE(outcome) << outcome->text;
    }
}

std::vector<std::string> project(const persistence::JournalSettings& journal, const Settings& settings,
                                 const Bounds& bounds, std::function<bool()> is_over) {
    std::vector<std::string> notes;
    const auto store = make_store(settings, Place::InUse);
    Outcome outcome = store->open(Timestamp{1});
    EXPECT_FALSE(outcome) << outcome->text;
    Projector projector = projector_of(journal, *store, bounds, &notes, is_over);
    outcome = projector.begin();
    EXPECT_FALSE(outcome) << outcome->text;
    for (std::uint64_t records = 1; records > 0;) {
        outcome = projector.advance(records);
        if (outcome && is_over) return notes;
        EXPECT_FALSE(outcome) << outcome->text;
        if (outcome) return notes;
    }
    return notes;
}

void rebuild(const persistence::JournalSettings& journal, const Settings& settings) {
    const auto store = make_store(settings, Place::Aside);
    Outcome outcome = store->open(Timestamp{1});
    ASSERT_FALSE(outcome) << outcome->text;
    Projector projector = projector_of(journal, *store, {});
    ASSERT_FALSE(projector.begin());
    advance_to_end(projector);
    outcome = store->publish();
    ASSERT_FALSE(outcome) << outcome->text;
}

Batch batch_of(const persistence::JournalSettings& journal, std::uint64_t first, std::uint64_t last) {
    persistence::JournalReader reader;
    EXPECT_FALSE(reader.open(journal));
    history::OrderEvents events({reader.identity().instance, oms::epoch_of(reader.identity().created)});
    static Positions positions;
    Batch batch(positions);
    history::Rows nobody;
    persistence::OffsetIndex index;
    reader.end_after(Seq{last});
    EXPECT_FALSE(reader.read(nullptr, index, [&](const oms::Record& record) {
        if (record.input.seq.value >= first) batch.begin(record, record.input.seq.value - 1, 1);
        events.fold(record, record.input.seq.value >= first ? batch : nobody);
        return true;
    }));
    batch.close();
    return batch;
}

}  // namespace penstock::projection
