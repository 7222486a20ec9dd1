#include "tests/sim/recovery.hpp"

#include <cstring>

#include "oms/engine/replay.hpp"
#include "persistence/journal/head_file.hpp"
#include "persistence/journal/recovery.hpp"
#include "persistence/journal/segment_journal.hpp"
#include "persistence/journal/wire.hpp"

namespace penstock::sim {
namespace {

namespace fs = std::filesystem;
using persistence::Recovery;
using persistence::SegmentJournal;

/// Opens, recovers and closes the journal in the directory.
Recovery run_recovery(const persistence::JournalSettings& settings, std::uint64_t& epoch,
                      Snapshots* snapshots = nullptr) {
    auto opened = SegmentJournal::open(settings);
    if (!opened.journal) return {opened.error, {}, 0, 0, {}};
    require(!SegmentJournal::open(settings).journal, Invariant::OneWriter, "two processes share a journal");
    epoch = opened.journal->identity().epoch;
    std::optional<apps::ReadOn> begin;
    if (snapshots != nullptr) {
        oms::Core core(apps::kNoCapacityYet);
        fix::RecoveredNumbers numbers;
        begin = snapshots->restore(opened.journal->identity().uuid, {core, numbers});
    }
    const auto visit = [](const oms::Record&) { return true; };
    Recovery recovery = begin ? opened.journal->recover_from(begin->place, std::move(begin->index), visit)
                              : opened.journal->recover(visit);
    opened.journal->close();
    return recovery;
}

std::string encoded(const oms::Record& record) {
    const oms::RecordView view{
        record.input, record.outputs, record.numbers, record.raw, record.sent, record.session_sent};
    std::string bytes(persistence::encoded_bound(view), '\0');
    bytes.resize(static_cast<std::size_t>(persistence::encode(view, bytes.data()) - bytes.data()));
    return bytes;
}

}  // namespace

persistence::JournalSettings journal_settings(const Surroundings& world, const fs::path& directory) {
    persistence::JournalSettings settings;
    settings.directory = directory;
    settings.segment_bytes = world.plan.segment_bytes;
    settings.durability =
        world.plan.power_durability ? persistence::Durability::Power : persistence::Durability::Process;
    settings.sync_method = persistence::SyncMethod::Fdatasync;
    settings.sync_thread = persistence::SyncThread::Caller;
    settings.note = [](std::string_view) {};
    return settings;
}

void make_journal(Surroundings& world, Disk& disk) {
    persistence::HeadIdentity identity;
    identity.magic = persistence::kHeadMagic;
    identity.version = persistence::kFormatVersion;
    identity.created_ns = Surroundings::kStart.ns;
    identity.instance = {'P', '1'};
    for (auto& byte : identity.uuid) byte = static_cast<std::uint8_t>(world.random.next());
    set_crc(identity);
    persistence::Watermark nothing;
    nothing.generation = 1;
    set_crc(nothing);
    std::string bytes(3 * persistence::kHeadBlock, '\0');
    std::memcpy(bytes.data(), &identity, sizeof identity);
    std::memcpy(bytes.data() + persistence::kHeadBlock, &nothing, sizeof nothing);
    disk.write("HEAD", 0, bytes);
    disk.sync("HEAD");
}

JournalState recover_journal(Surroundings& world, Disk& disk, const fs::path& directory, Snapshots& snapshots,
                             const std::function<void(const oms::Record&)>& visit) {
    const auto settings = journal_settings(world, directory);
    JournalState state;
    while (true) {
        const Disk before = disk;
        disk.save(directory);
        const Recovery recovery = run_recovery(settings, state.epoch, &snapshots);
        if (recovery.error) violated(Invariant::JournalWhole, recovery.error->text);
        if (recovery.torn_tail) ++world.tally.torn_tails;
        disk.load(directory);
        if (before.content("HEAD").empty() || recovery.last.is_none() || world.is_healed ||
            !world.random.one_in(5))
            break;
        ++world.tally.recovery_crashes;
        world.note([] { return std::string("the process is killed while it repairs its journal"); });
        disk.stop_repair_halfway(before);
    }
    persistence::HeadFile head;
    if (const auto error = persistence::HeadFile::open(settings, head))
        violated(Invariant::JournalWhole, error->text);
    state.uuid = head.identity().uuid;
    state.watermark = head.watermark();
    persistence::RecoveryRun run(directory, state.uuid, state.watermark);
    run.run([&](const oms::Record& record) {
        state.payloads.push_back(encoded(record));
        state.last_time_ns = record.input.time.ns;
        visit(record);
        return true;
    });
    if (run.result().error) violated(Invariant::JournalWhole, run.result().error->text);
    state.segment = run.segment();
    state.end = run.end();
    state.chain_before = run.chain().before();
    state.block_start = run.chain().block_start();
    return state;
}

bool restore_from_snapshot(Snapshots& snapshots, const JournalState& state, const fs::path& directory,
                           const apps::Replayed& into) {
    auto begin = snapshots.restore(state.uuid, into);
    if (!begin) return false;
    oms::Outbox scratch;
    persistence::RecoveryRun run(directory, state.uuid, state.watermark);
    run.begin_at(begin->place, std::move(begin->index));
    run.run([&](oms::StoredRecord& record) {
        if (const auto difference = oms::replay(into.core, record, scratch))
            violated(Invariant::ReplayAgrees, "from a snapshot: " + *difference);
        into.learner.learn(record.input(), record.numbers());
        return true;
    });
    if (run.result().error) violated(Invariant::JournalWhole, run.result().error->text);
    require(run.result().last.value == state.payloads.size() && run.segment() == state.segment &&
                run.end() == state.end && run.chain().before() == state.chain_before &&
                run.chain().block_start() == state.block_start && run.last_time_ns() == state.last_time_ns,
            Invariant::JournalWhole, "read on from a snapshot, the journal ends elsewhere");
    return true;
}

void check_damage_is_refused(Surroundings& world, Disk& disk, const fs::path& directory,
                             const persistence::Watermark& watermark) {
    if (!disk.damage(persistence::segment_name(watermark.segment), watermark.offset)) return;
    disk.save(directory);
    std::uint64_t epoch = 0;
    const Recovery recovery = run_recovery(journal_settings(world, directory), epoch);
    require(recovery.error.has_value(), Invariant::JournalWhole, "a damaged journal was believed");
    ++world.tally.damage_refused;
}

}  // namespace penstock::sim
