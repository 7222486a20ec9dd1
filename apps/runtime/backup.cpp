#include "apps/runtime/backup.hpp"

#include <unistd.h>

#include "apps/runtime/control_line.hpp"
#include "apps/runtime/inside.hpp"
#include "apps/runtime/restore.hpp"
#include "apps/runtime/system_clock.hpp"
#include "compliance/tlog/copy_log.hpp"
#include "oms/engine/state_layout.hpp"
#include "persistence/journal/head_file.hpp"
#include "persistence/journal/in_use.hpp"
#include "persistence/journal/segment_names.hpp"

namespace penstock::apps {
namespace {

namespace fs = std::filesystem;

/// One run of it; every step returns what failed.
class Backup {
  public:
    Backup(const StoragePlaces& places, fs::path folder, const Note& note)
        : places_(places), folder_(std::move(folder)), note_(note) {}

    BackedUp run() {
        done_.failure = steps();
        return std::move(done_);
    }

  private:
    using Failure = std::optional<std::string>;

    Failure steps() {
        std::error_code failed;
        for (const fs::path& place : {places_.state, places_.journal.directory, places_.storage.archive})
            if (is_inside(folder_, place))
                return folder_.string() + " is inside of " + place.string() +
                       ": a backup goes into a folder of its own, best on another disk";
        if (fs::exists(folder_) && !fs::is_empty(folder_, failed))
            return folder_.string() + " is not empty: a backup goes into a folder of its own";
        fs::create_directories(folder_ / "journal", failed);
        if (failed) return folder_.string() + ": cannot be made: " + failed.message();
        if (auto error = copy_audit()) return error;
        if (auto error = copy_audits_of_backups()) return error;
        persistence::JournalReader reader;
        if (auto error = open(reader)) return error;
        if (auto error = copy_journal(reader)) return error;
        if (auto error = copy_snapshot(reader)) return error;
        if (auto error = copy_archive()) return error;
        if (auto error = verify()) return error;
        SystemClock clock;
        done_.manifest.journal = reader.identity().uuid;
        done_.manifest.seq = reader.last().value;
        done_.manifest.made = clock.now();
        done_.manifest.by = user_at_host(::geteuid());
        return write_manifest(folder_, done_.manifest);
    }

    Failure copy(const fs::path& from, const fs::path& to, std::uint64_t bytes) {
        persistence::CopiedFile copied;
        fs::create_directories((folder_ / to).parent_path());
        if (auto error = persistence::copy_segment(from, bytes, folder_ / to, copied)) return error;
        add(to, copied);
        return std::nullopt;
    }
    void add(const fs::path& to, const persistence::CopiedFile& copied) {
        done_.manifest.files.push_back({to.string(), copied});
        done_.bytes += copied.bytes;
    }

    /// What is in a file of text, and may change while it is copied, is read once.
    Failure copy_exactly(const fs::path& from, const fs::path& to) {
        persistence::Mapping mapping;
        if (const int error = persistence::Mapping::map(from, mapping))
            return from.string() + ": cannot read: " + persistence::errno_text(error);
        fs::create_directories((folder_ / to).parent_path());
        if (auto error = persistence::replace_file(folder_ / to, mapping.bytes())) return error;
        persistence::CopiedFile copied;
        if (auto error = persistence::digest_file(folder_ / to, copied)) return error;
        add(to, copied);
        return std::nullopt;
    }

    /// The audit as it is under its newest checkpoint, beside who writes it. One that cannot be read keeps
    /// nobody from having a backup: the journal is the truth, and the audit is made of it again.
    Failure copy_audit() {
        const fs::path audit = places_.state / "audit";
        if (!fs::exists(audit / "checkpoint") && !fs::exists(audit / "tile")) return std::nullopt;
        compliance::DiskFiles from(audit);
        const std::uint64_t leaves = compliance::size_under(from, compliance::kCheckpointFile);
        compliance::DiskFiles to(folder_ / "audit");
        if (const auto problem = compliance::copy_log(from, to, leaves, note_))
            return leave_out("audit", *problem);
        done_.has_audit = true;
        return add_folder("audit");
    }
    /// What restores put beside it is written by nobody, and evidence: as it is, whatever it is.
    Failure copy_audits_of_backups() {
        for (const auto& folder : fs::directory_iterator(places_.state)) {
            const std::string name = folder.path().filename().string();
            if (!name.starts_with(kAuditOfBackup) || !folder.is_directory()) continue;
            compliance::DiskFiles to(folder_ / name);
            if (const auto problem = copy_files(folder.path(), to)) {
                if (auto error = leave_out(name, *problem)) return error;
            } else if (auto error = add_folder(name)) {
                return error;
            }
        }
        return std::nullopt;
    }
    static Failure copy_files(const fs::path& from, compliance::Files& to) {
        for (const auto& entry : fs::recursive_directory_iterator(from)) {
            if (!entry.is_regular_file()) continue;
            persistence::Mapping mapping;
            if (const int error = persistence::Mapping::map(entry.path(), mapping))
                return entry.path().string() + ": cannot read: " + persistence::errno_text(error);
            if (to.write(fs::relative(entry.path(), from).string(), mapping.bytes()) != Fault::None)
                return entry.path().string() + ": cannot be copied";
        }
        if (to.sync() != Fault::None) return from.string() + ": the copy cannot be synced";
        return std::nullopt;
    }
    Failure add_folder(const std::string& name) {
        for (const auto& entry : fs::recursive_directory_iterator(folder_ / name)) {
            persistence::CopiedFile copied;
            if (!entry.is_regular_file()) continue;
            if (auto error = persistence::digest_file(entry.path(), copied)) return error;
            add(fs::relative(entry.path(), folder_), copied);
        }
        return std::nullopt;
    }
    Failure leave_out(const std::string& name, const std::string& problem) {
        note_("the " + name + " is not in this backup: " + problem);
        if (done_.audit_problem.empty()) done_.audit_problem = problem;
        std::error_code failed;
        fs::remove_all(folder_ / name, failed);
        if (failed) return (folder_ / name).string() + ": cannot be removed: " + failed.message();
        return std::nullopt;
    }

    /// Of a journal that nobody writes all is copied, also what the watermark does not tell of yet.
    Failure open(persistence::JournalReader& reader) {
        const bool is_free = !persistence::is_in_use(places_.journal.directory);
        if (const auto error = reader.open(places_.journal)) return error->text;
        if (!is_free) return std::nullopt;
        const auto error = reader.go_to_end();
        const bool began_meanwhile = persistence::is_in_use(places_.journal.directory);
        if (!began_meanwhile) return error ? Failure(error->text) : std::nullopt;
        if (const auto again = reader.open(places_.journal)) return again->text;
        return std::nullopt;
    }

    Failure copy_journal(const persistence::JournalReader& reader) {
        const persistence::Watermark& until = reader.watermark();
        std::error_code failed;
        for (const auto& entry : fs::directory_iterator(places_.journal.directory, failed)) {
            const std::string name = entry.path().filename().string();
            const std::uint64_t first = persistence::first_seq_of(name);
            if (first == 0 || first > until.segment) continue;
            const std::uint64_t bytes = first == until.segment ? until.offset : persistence::kUsedPart;
            // One that is archived meanwhile is copied from there.
            if (auto error = copy(entry.path(), fs::path("journal") / name, bytes);
                error && fs::exists(entry.path()))
                return error;
        }
        if (failed) return places_.journal.directory.string() + ": " + failed.message();
        for (const auto& [first, file] : reader.unnamed()) {
            if (first > until.segment) continue;
            const std::uint64_t bytes = first == until.segment ? until.offset : persistence::kUsedPart;
            if (auto error = copy(file, fs::path("journal") / persistence::segment_name(first), bytes))
                return error;
        }
        const std::string head = persistence::HeadFile::bytes_of(reader.identity(), until);
        if (auto error = persistence::replace_file(folder_ / "journal" / "HEAD", head)) return error;
        persistence::CopiedFile copied;
        if (auto error = persistence::digest_file(folder_ / "journal" / "HEAD", copied)) return error;
        add("journal/HEAD", copied);
        return std::nullopt;
    }

    Failure copy_snapshot(const persistence::JournalReader& reader) {
        const persistence::SnapshotStore store(places_.state / "snapshots");
        for (const auto& file : store.newest_first()) {
            persistence::Snapshot snapshot;
            if (store.read(file, reader.identity().uuid, oms::state_layout(), snapshot)) continue;
            if (snapshot.header.place.last_seq > reader.last().value) continue;
            return copy_exactly(file, fs::path("snapshots") / file.filename());
        }
        note_("no snapshot is in this backup: a start from it executes the whole journal");
        return std::nullopt;
    }

    /// After the journal, so that a segment that moved meanwhile is in one of the two. INDEX as it is now:
    /// who deletes a file says so there before.
    Failure copy_archive() {
        if (places_.storage.archive.empty() || !fs::exists(places_.storage.archive / "INDEX"))
            return std::nullopt;
        persistence::Archive archive(places_.storage.archive);
        if (auto error = archive.load()) return error;
        fs::create_directories(folder_ / "archive");
        if (auto error = persistence::write_index(folder_ / "archive", archive.index())) return error;
        persistence::CopiedFile copied;
        if (auto error = persistence::digest_file(folder_ / "archive" / "INDEX", copied)) return error;
        add("archive/INDEX", copied);
        for (const auto& one : archive.index().segments) {
            if (!one.is_kept()) continue;
            const fs::path file = archive.file_of(one.first_seq);
            if (auto error = copy_exactly(file, fs::path("archive") / file.filename())) return error;
        }
        return std::nullopt;
    }

    /// Reads all of it again, as a restore will: who makes a copy of what is damaged has none, and is told
    /// while the original may still be mended.
    Failure verify() const {
        persistence::JournalSettings copied;
        copied.directory = folder_ / "journal";
        copied.instance = {};
        if (fs::exists(folder_ / "archive" / "INDEX")) {
            const auto archive = std::make_shared<persistence::Archive>(folder_ / "archive");
            if (auto error = archive->load()) return error;
            for (const auto& one : archive->index().segments)
                if (one.is_kept())
                    if (auto error = archive->check(one)) return error;
            copied.more = archive;
        }
        persistence::JournalReader reader;
        if (const auto error = reader.open(copied)) return error->text;
        const auto checked = reader.check(persistence::JournalReader::Beside::Nobody, {});
        if (!checked.error) return std::nullopt;
        return checked.error->text +
               " The journal that was copied is damaged there: docs/runbooks/journal_damaged.md";
    }

    const StoragePlaces& places_;
    fs::path folder_;
    const Note& note_;
    BackedUp done_;
};

}  // namespace

BackedUp back_up(const StoragePlaces& places, const std::filesystem::path& folder, const Note& note) {
    try {
        return Backup(places, folder, note).run();
    } catch (const std::filesystem::filesystem_error& error) {
        BackedUp none;
        none.failure = error.what();
        return none;
    }
}

}  // namespace penstock::apps
