#include "apps/penstock/backup_command.hpp"

#include <cinttypes>
#include <cstdio>
#include <memory>

#include "apps/penstock/moment.hpp"
#include "apps/penstock/record_text.hpp"
#include "apps/penstock/where.hpp"
#include "apps/runtime/backup.hpp"
#include "apps/runtime/restore.hpp"
#include "apps/runtime/system_clock.hpp"
#include "oms/domain/print.hpp"

namespace penstock::apps {
namespace {

struct BackupOptions {
    WhereOptions where;
    std::string folder;
};

struct RestoreOptions {
    std::string folder;
    std::string state;
    std::string archive;
    std::string until;
};

void say(std::string_view line) {
    std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
}

std::int64_t ms_since(Timestamp begun) {
    SystemClock clock;
    return (clock.now() - begun).ns / 1'000'000;
}

int backup(const BackupOptions& options) {
    const auto where = find(options.where);
    if (!where) return kExitCannot;
    if (where->state.empty()) return cannot("that is a journal alone; name the state folder or --config");
    StoragePlaces places;
    places.state = where->state;
    places.journal = where->journal;
    if (where->config) places.storage = where->config->storage;
    if (!options.where.archive.empty()) places.storage.archive = options.where.archive;
    SystemClock clock;
    const Timestamp begun = clock.now();
    const BackedUp done = back_up(places, options.folder, say);
    if (done.failure) return cannot("no backup was made: " + *done.failure);
    const std::string audit =
        !done.audit_problem.empty() ? done.audit_problem
        : done.has_audit            ? "copied"
                                    : "none";
    std::printf(
        "{\"seq\":%" PRIu64 ",\"files\":%zu,\"bytes\":%" PRIu64 ",\"audit\":%s,\"ms\":%" PRId64 "}\n",
        done.manifest.seq, done.manifest.files.size(), done.bytes, json_text(audit).c_str(), ms_since(begun));
    return done.audit_problem.empty() ? kExitDone : kExitNo;
}

int restore(const RestoreOptions& options) {
    RestoreFrom from{options.folder, options.state, options.archive, {}, options.until};
    const auto until = parse_up_to(options.until);
    if (!until)
        return cannot(
            "--until takes the seq of a record, or a moment such as 2026-11-21T09:30:00Z, before 2262");
    if (!options.until.empty())
        from.includes = [until](std::uint64_t seq, Timestamp time) { return until->includes(seq, time); };
    SystemClock clock;
    const Timestamp begun = clock.now();
    const Restored done = restore_state(from, say);
    if (done.failure) return cannot("nothing was restored: " + *done.failure);
    std::printf(
        "{\"seq\":%" PRIu64 ",\"time\":%s,\"records\":%" PRIu64 ",\"snapshot\":%s,\"ms\":%" PRId64 "}\n",
        done.last.value, json_text(oms::to_text(done.last_time)).c_str(), done.records,
        done.has_snapshot ? "true" : "false", ms_since(begun));
    say("its audit, if it has one, will be another log: its origin ends with /" + done.audit_suffix +
        ". Tell witnesses and auditors (docs/runbooks/restore.md)");
    say("penstockd will begin HALTED from it: reconcile with venues, then `penstock resume --reason ...`");
    return kExitDone;
}

}  // namespace

void add_backup_commands(Commands& commands) {
    const auto made = std::make_shared<BackupOptions>();
    const Command make = commands.app().add_command(
        "backup", "copies journal, newest snapshot, archive and audit, beside a penstockd that runs or not");
    make.add_option("folder", made->folder, "an empty folder, or one to be made").required();
    add_where(make, made->where);
    commands.on(make, [made] { return backup(*made); });

    const auto wanted = std::make_shared<RestoreOptions>();
    const Command back = commands.app().add_command(
        "restore",
        "makes a state folder of a backup, or of a folder that was shipped to; verifies all of it");
    back.add_option("folder", wanted->folder, "the backup, or [storage] ship").required();
    back.add_option("--to", wanted->state, "the state folder: not there, or empty").required();
    back.add_option(
        "--until", wanted->until,
        "the last record that is wanted: its seq, or a moment in UTC; of a date: the end of that day");
    back.add_option(
        "--archive", wanted->archive, "folder of archived segments: empty, or the one that survived");
    commands.on(back, [wanted] { return restore(*wanted); });
}

}  // namespace penstock::apps
