#include "apps/penstock/archive_work.hpp"

#include <cinttypes>
#include <cstdio>
#include <cstring>

#include "apps/penstock/command.hpp"
#include "apps/runtime/archiving.hpp"
#include "apps/runtime/operator_record.hpp"
#include "apps/runtime/system_clock.hpp"
#include "compliance/tlog/checkpoint.hpp"
#include "compliance/tlog/files.hpp"
#include "compliance/tlog/journal_leaf.hpp"
#include "compliance/tlog/tiles.hpp"
#include "oms/domain/print.hpp"
#include "persistence/history/moment.hpp"

namespace penstock::apps {
namespace {

void say(std::string_view line) {
    std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
}

/// It could be done, and is not.
int no(const std::string& why) {
    cannot(why);
    return kExitNo;
}

struct Places : StoragePlaces {
    bool has_audit = false;
};

std::optional<Places> places(const ArchiveOptions& options) {
    const auto where = find(options.where);
    if (!where) return std::nullopt;
    if (!where->config || where->config->storage.archive.empty()) {
        cannot("--config FILE is needed, of a configuration with [storage] archive");
        return std::nullopt;
    }
    Places found{places_of(*where->config), where->config->audit.enabled};
    found.journal = where->journal;
    return found;
}

/// The last record under the audit's checkpoint; 0 when there is none, or it cannot be told.
std::uint64_t last_audited(const std::filesystem::path& audit) {
    std::error_code failed;
    if (!std::filesystem::exists(audit / "checkpoint", failed)) return 0;
    compliance::DiskFiles files(audit);
    const auto note = files.read("checkpoint");
    if (!note) return 0;
    // Its second line is the size of the tree; whether the signature holds matters elsewhere.
    const std::size_t line = note->find('\n') + 1;
    const auto size =
        compliance::parse_size(std::string_view(*note).substr(line, note->find('\n', line) - line));
    if (line == 0 || !size || *size == 0) return 0;
    const auto leaf = compliance::read_entry(files, *size - 1, *size);
    std::uint64_t seq = 0;
    if (leaf && leaf->size() >= compliance::kLeafHead)
        std::memcpy(&seq, leaf->data() + compliance::kSeqAt, sizeof seq);
    return seq;
}

/// The rule of the configuration, now.
persistence::RetentionRule rule(const Places& where) {
    SystemClock clock;
    persistence::RetentionRule made{
        clock.now(), where.storage.keep_journal, start_reads_from(where, say), std::nullopt};
    if (where.has_audit) made.audited = last_audited(where.state / "audit");
    return made;
}

bool record(const StoragePlaces& where, std::string_view action, const std::string& subject,
            const std::string& reason) {
    oms::OperatorActed act;
    act.action = decltype(act.action)::truncated(action);
    act.subject = decltype(act.subject)::truncated(subject);
    act.reason = Text::truncated(reason);
    // Beside a stopped penstockd it is appended by a start of its own, from what is archived by now.
    persistence::JournalSettings journal = where.journal;
    journal.more = open_archive(where.storage.archive, say);
    const auto error = record_act({where.state, journal}, act);
    if (error) cannot("this could not be recorded, so it was not done: " + *error);
    return !error;
}

}  // namespace

int archive_run(const ArchiveOptions& options) {
    const auto where = places(options);
    if (!where) return kExitCannot;
    const Archived done = archive_closed_segments(*where, say);
    if (done.failure) return cannot(*done.failure);
    std::printf("%" PRIu64 " segments archived, %" PRIu64 " bytes as %" PRIu64 "; the next stays: %s\n",
                done.segments, done.bytes, done.stored, done.why_no_more.c_str());
    return kExitDone;
}

int archive_list(const ArchiveOptions& options) {
    const auto where = places(options);
    if (!where) return kExitCannot;
    persistence::Archive archive(where->storage.archive);
    if (const auto error = archive.load()) return cannot(*error);
    for (const auto& one : archive.index().segments)
        if (!one.is_kept())
            std::printf("%" PRIu64 "-%" PRIu64 " deleted %s\n", one.first_seq, one.last_seq,
                        oms::to_text(one.deleted).c_str());
    for (const auto& verdict : persistence::judge(archive.index(), rule(*where))) {
        const auto& one = *archive.index().find(verdict.first_seq);
        std::printf(
            "%" PRIu64 "-%" PRIu64 " %s to %s, %" PRIu64 " bytes as %" PRIu64 ": %s, %s\n", one.first_seq,
            one.last_seq, oms::to_text(one.first_time).c_str(), oms::to_text(one.last_time).c_str(),
            one.bytes, one.stored_bytes, verdict.may_go ? "may go" : "stays", verdict.why.c_str());
    }
    return kExitDone;
}

int archive_verify(const ArchiveOptions& options) {
    const auto where = places(options);
    if (!where) return kExitCannot;
    persistence::Archive archive(where->storage.archive);
    if (const auto error = archive.load()) return cannot(*error);
    int code = kExitDone;
    std::uint64_t checked = 0;
    for (const auto& one : archive.index().segments) {
        if (!one.is_kept()) continue;
        ++checked;
        const auto error = archive.check(one);
        if (!error) continue;
        std::printf("DAMAGED %s\n", error->c_str());
        code = kExitNo;
    }
    std::printf("%" PRIu64 " files checked%s\n", checked, code == kExitDone ? ", all as they were" : "");
    return code;
}

int archive_hold_add(const ArchiveOptions& options) {
    const auto where = places(options);
    if (!where) return kExitCannot;
    const auto from = history::parse_moment(options.from);
    const auto to = history::parse_last_moment(options.to);
    if (!from || !to || *to < *from)
        return cannot("--from and --to take moments such as 2026-11-21, before 2262, in this order");
    if (options.matter.empty() || options.matter.find('\n') != std::string::npos)
        return cannot("a matter is one line");
    persistence::Archive archive(where->storage.archive);
    if (const auto error = archive.lock()) return cannot(*error);
    // Whatever can be known before is, so that nothing is on record that was not done.
    if (const auto why = archive.why_not_held(options.matter)) return no(*why);
    if (!record(*where, "hold-add", options.matter, options.reason)) return kExitCannot;
    if (const auto error = archive.add_hold({options.matter, *from, *to})) return cannot(*error);
    return kExitDone;
}

int archive_hold_list(const ArchiveOptions& options) {
    const auto where = places(options);
    if (!where) return kExitCannot;
    persistence::Archive archive(where->storage.archive);
    if (const auto error = archive.load()) return cannot(*error);
    for (const auto& hold : archive.index().holds)
        std::printf("%s from %s to %s\n", hold.matter.c_str(), oms::to_text(hold.from).c_str(),
                    oms::to_text(hold.to).c_str());
    return kExitDone;
}

int archive_hold_release(const ArchiveOptions& options) {
    const auto where = places(options);
    if (!where) return kExitCannot;
    persistence::Archive archive(where->storage.archive);
    if (const auto error = archive.lock()) return cannot(*error);
    if (const auto why = archive.why_not_released(options.matter)) return no(*why);
    if (!record(*where, "hold-release", options.matter, options.reason)) return kExitCannot;
    const auto error = archive.release_hold(options.matter);
    return error ? cannot(*error) : kExitDone;
}

int archive_prune(const ArchiveOptions& options) {
    const auto where = places(options);
    if (!where) return kExitCannot;
    persistence::Archive archive(where->storage.archive);
    if (const auto error = archive.lock()) return cannot(*error);
    const auto judged = rule(*where);
    std::uint64_t gone = 0;
    for (const auto& verdict : persistence::judge(archive.index(), judged)) {
        const auto& one = *archive.index().find(verdict.first_seq);
        const std::string records = std::to_string(one.first_seq) + "-" + std::to_string(one.last_seq);
        std::printf("%s %s: %s\n", records.c_str(),
                    !verdict.may_go   ? "stays"
                    : options.dry_run ? "would go"
                                      : "goes",
                    verdict.why.c_str());
        if (!verdict.may_go || options.dry_run) continue;
        const std::string subject = archive.file_of(verdict.first_seq).filename().string();
        if (!record(*where, "archive-delete", subject, verdict.why)) return kExitCannot;
        if (const auto error = archive.remove(verdict.first_seq, judged.now)) return cannot(*error);
        ++gone;
    }
    std::printf("%" PRIu64 " segments deleted\n", gone);
    return kExitDone;
}

}  // namespace penstock::apps
