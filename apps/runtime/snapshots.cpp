#include "apps/runtime/snapshots.hpp"

#include "oms/engine/replay.hpp"
#include "oms/engine/state_layout.hpp"

namespace penstock::apps {
namespace {

/// Nothing when the state was made again, else why not.
std::optional<std::string> restore(const persistence::Snapshot& snapshot, const Replayed& into) {
    if (into.core.restore(snapshot.core) != Fault::None) return "damaged: the core cannot read its state";
    if (into.core.state_hash() != snapshot.header.state_hash)
        return "written by a program to which its bytes mean something else: another state hash";
    if (!into.learner.load(snapshot.learned)) return "written by a program that notes sessions otherwise";
    return std::nullopt;
}

}  // namespace

std::optional<ReadOn> restore_newest(const persistence::SnapshotStore& store, const FittingJournal& journal,
                                     const Replayed& into, Damaged damaged, const Note& note,
                                     const Suits& suits) {
    for (const auto& file : store.newest_first()) {
        persistence::Snapshot snapshot;
        auto reason = store.read(file, journal.uuid, oms::state_layout(), snapshot);
        if (!reason && suits && !suits(snapshot.header.place)) continue;
        if (!reason)
            reason = misfit(
                snapshot.header.place, journal.settings.directory, journal.uuid, journal.settings.more.get());
        if (!reason) reason = restore(snapshot, into);
        if (!reason) return ReadOn{snapshot.header.place, std::move(snapshot.index)};
        const bool is_damaged = reason->starts_with("damaged");
        note("snapshot not used: " + file.string() + ": " + *reason +
             (is_damaged && damaged == Damaged::IsPutAside ? "; renamed to *.damaged" : ""));
        if (is_damaged && damaged == Damaged::IsPutAside) persistence::SnapshotStore::put_aside(file);
        into.core = oms::Core(kNoCapacityYet);
        into.learner.forget();
    }
    return std::nullopt;
}

SnapshotTaken take_snapshot(const persistence::JournalSettings& journal, persistence::SnapshotStore& store,
                            const Replayed& into, const Note& note) {
    SnapshotTaken taken;
    const auto fail = [&](std::string why) {
        taken.failure = std::move(why);
        return taken;
    };
    if (auto busy = store.lock()) return fail(std::move(*busy));
    persistence::JournalReader reader;
    if (auto error = reader.open(journal)) return fail(std::move(error->text));
    if (reader.last() == Seq{}) return taken;
    const auto& uuid = reader.identity().uuid;
    auto begin = restore_newest(store, {journal, uuid}, into, Damaged::IsPutAside, note);
    taken.seq = reader.last();
    if (begin && begin->place.last_seq >= taken.seq.value) return taken;
    persistence::OffsetIndex index;
    if (begin) index = std::move(begin->index);
    oms::Outbox scratch;
    std::optional<std::string> difference;
    const oms::Visit visit(
        [&](oms::StoredRecord& record) {
            difference = oms::replay(into.core, record, scratch);
            into.learner.learn(record.input(), record.numbers());
            ++taken.records;
            return !difference;
        },
        [&](const oms::Input& input) { into.core.expect(input); });
    const auto error = reader.read(begin ? &begin->place : nullptr, index, visit);
    if (difference) return fail(std::move(*difference));
    if (error) return fail(error->text);
    taken.seq = Seq{reader.reached().last_seq};
    taken.is_new = true;
    taken.failure = store.write({uuid, reader.reached(), index, oms::state_layout(), into.core.state_hash(),
                                 [&](oms::ByteSink& out) { into.core.snapshot(out); },
                                 [&](oms::ByteSink& out) { into.learner.save(out); }});
    return taken;
}

}  // namespace penstock::apps
