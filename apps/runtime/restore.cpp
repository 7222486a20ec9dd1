#include "apps/runtime/restore.hpp"

#include <algorithm>
#include <fstream>

#include "apps/runtime/inside.hpp"
#include "apps/runtime/restored_archive.hpp"
#include "apps/runtime/system_clock.hpp"
#include "oms/domain/print.hpp"
#include "persistence/archive/cut.hpp"
#include "persistence/archive/manifest.hpp"
#include "persistence/journal/head_file.hpp"
#include "persistence/journal/segment_names.hpp"

namespace penstock::apps {
namespace {

namespace fs = std::filesystem;

class Restore {
  public:
    Restore(const RestoreFrom& from, const Note& note) : from_(from), note_(note), archive_(from, note) {
        aside_ = from.state.lexically_normal();
        if (aside_.filename().empty()) aside_ = aside_.parent_path();
        state_ = aside_;
        aside_ += ".restoring";
    }

    Restored run() {
        done_.failure = steps();
        if (done_.failure && made_aside_) {
            std::error_code ignored;
            fs::remove_all(aside_, ignored);
        }
        if (done_.failure) archive_.take_back();
        return std::move(done_);
    }

  private:
    using Failure = std::optional<std::string>;

    Failure steps() {
        std::error_code failed;
        if (auto error = check_places()) return error;
        if (fs::exists(state_) && !fs::is_empty(state_, failed))
            return state_.string() +
                   " is not empty: nothing is ever overwritten. Move it away, or name another";
        if (fs::exists(aside_))
            return aside_.string() + " is there, of a restore that was interrupted: remove it, and try again";
        if (auto error = check_source()) return error;
        fs::create_directories(aside_);
        made_aside_ = true;
        for (const char* part : {"journal", "snapshots"})
            if (auto error = copy_folder(part, aside_ / part)) return error;
        if (auto error = copy_audits()) return error;
        if (auto error = archive_.open()) return error;
        if (auto error = from_.includes ? cut() : find_end()) return error;
        if (auto error = archive_.place(end_segment_)) return error;
        if (auto error = verify()) return error;
        if (auto error = archive_.check_not_ahead(done_.last, end_segment_)) return error;
        if (from_.includes)
            if (auto error = archive_.check_start(aside_ / "snapshots")) return error;
        const std::string reason = "restored from " + from_.folder.string() + " up to record " +
                                   std::to_string(done_.last.value) + ": reconcile with venues, then resume";
        if (auto error = persistence::replace_file(aside_ / "halted", reason + "\n")) return error;
        if (auto error = begin_another_audit()) return error;
        fs::remove(state_, failed);
        fs::rename(aside_, state_, failed);
        if (failed) return state_.string() + ": cannot get its name: " + failed.message();
        made_aside_ = false;
        const fs::path parent = state_.has_parent_path() ? state_.parent_path() : fs::path(".");
        if (const int error = persistence::sync_directory(parent)) return persistence::errno_text(error);
        return std::nullopt;
    }

    /// The three folders stay apart: the state folder gets its name last, when nothing may be in it yet.
    Failure check_places() const {
        if (!from_.archive.empty() && is_inside(from_.archive, state_))
            return "--archive " + from_.archive.string() + " is inside of --to " + from_.state.string() +
                   ": the archive of a restored journal lies outside of the state folder. Name another "
                   "folder, and the same one in [storage] archive";
        if (is_inside(state_, from_.archive))
            return "--to " + from_.state.string() + " is inside of --archive " + from_.archive.string() +
                   ": a state folder lies outside of the archive. Name another folder";
        if (is_inside(state_, from_.folder))
            return "--to " + from_.state.string() + " is inside of the copy " + from_.folder.string() +
                   ": nothing is ever written into a copy. Name another folder";
        return std::nullopt;
    }

    /// The audit gets an origin of its own, which no other restore has given out.
    Failure begin_another_audit() {
        SystemClock clock;
        std::string suffix = "restored-" + std::to_string(done_.last.value) + "-";
        for (const char letter : oms::to_text(clock.now()))
            if (letter != '-' && letter != ':' && letter != '.') suffix += letter;
        done_.audit_suffix = suffix;
        return persistence::replace_file(aside_ / kAuditOriginFile, suffix + "\n");
    }

    Failure check_source() {
        if (!fs::exists(from_.folder / "journal" / "HEAD"))
            return from_.folder.string() +
                   " has no journal/HEAD: it is no backup, and nothing was shipped to it";
        if (!fs::exists(from_.folder / "MANIFEST")) {
            note_(from_.folder.string() + " has no MANIFEST: taken for a folder that was shipped to");
            return std::nullopt;
        }
        persistence::Manifest manifest;
        if (auto error = read_manifest(from_.folder, manifest)) return error;
        return check_files(from_.folder, manifest);
    }

    Failure copy_folder(const fs::path& part, const fs::path& to) {
        std::error_code failed;
        if (!fs::is_directory(from_.folder / part, failed)) return std::nullopt;
        fs::create_directories(to);
        for (const auto& entry : fs::recursive_directory_iterator(from_.folder / part)) {
            const fs::path target = to / fs::relative(entry.path(), from_.folder / part);
            if (entry.is_directory()) {
                fs::create_directories(target);
                continue;
            }
            persistence::Mapping mapping;
            if (const int error = persistence::Mapping::map(entry.path(), mapping))
                return entry.path().string() + ": cannot read: " + persistence::errno_text(error);
            if (auto error = persistence::replace_file(target, mapping.bytes())) return error;
        }
        return std::nullopt;
    }

    /// To be shown, not to be gone on with: what came after the copy is in that log too.
    Failure copy_audits() {
        for (const auto& entry : fs::directory_iterator(from_.folder)) {
            const fs::path name = entry.path().filename();
            if (!name.string().starts_with(kAuditOfBackup)) continue;
            if (auto error = copy_folder(name, aside_ / name)) return error;
        }
        std::string name = kAuditOfBackup;
        for (int number = 2; fs::exists(aside_ / name); ++number)
            name = std::string(kAuditOfBackup) + "." + std::to_string(number);
        return copy_folder("audit", aside_ / name);
    }

    persistence::JournalSettings journal() const {
        persistence::JournalSettings settings;
        settings.directory = aside_ / "journal";
        settings.instance = {};
        settings.more = archive_.view();
        return settings;
    }

    /// Without a cut it ends where the copy does: in its last segment, which may lie behind what HEAD tells
    /// of. That one may have been archived while it was copied.
    Failure find_end() {
        persistence::HeadFile head;
        if (const auto error = persistence::HeadFile::look(journal(), head)) return error->text;
        const auto segments = persistence::segments_in(aside_ / "journal");
        const std::uint64_t newest = segments.empty() ? 0 : segments.back();
        end_segment_ = std::max(newest, head.watermark().segment);
        if (!archive_.is_of_copy() || end_segment_ == newest) return std::nullopt;
        return unpack_end(journal(), end_segment_, head.watermark().offset);
    }

    Failure cut() {
        persistence::JournalPlace place;
        bool has_ended = false;
        auto error = cut_journal(
            journal(),
            [&](const persistence::RecordHeader& header) {
                has_ended = !from_.includes(header.seq, Timestamp{header.time_ns});
                return has_ended;
            },
            place);
        if (error) return error;
        end_segment_ = place.segment;
        if (auto failure = archive_.check_pruned(place)) return failure;
        const Timestamp last{place.last_time_ns};
        if (!has_ended && from_.includes(place.last_seq + 1, last + Duration{1}))
            note_("the last record of " + from_.folder.string() + " is " + std::to_string(place.last_seq) +
                  " of " + oms::to_text(last) + ", earlier than --until " + from_.until +
                  ": all of it is restored; a later copy may have more");
        // A snapshot of a later record is of a journal that never was.
        for (const auto& file : persistence::SnapshotStore(aside_ / "snapshots").newest_first())
            if (file.filename() > persistence::snapshot_name(place.last_seq))
                if (auto failure = persistence::remove_file(file)) return failure;
        return std::nullopt;
    }

    Failure verify() {
        persistence::JournalReader reader;
        const auto settings = journal();
        if (const auto error = reader.open(settings)) return error->text;
        const auto checked =
            reader.check(persistence::JournalReader::Beside::Nobody, [this](const oms::Record& record) {
                done_.last_time = record.input.time;
                return true;
            });
        if (checked.error) return checked.error->text;
        done_.last = checked.last;
        done_.records = checked.records;
        if (done_.records == 0)
            return from_.includes
                       ? "no record is as early as that: nothing would be left"
                       : from_.folder.string() +
                             " has a journal without a record: it was copied before there was one. "
                             "Name another copy; to begin anew, start penstockd without a restore";
        done_.has_snapshot = !persistence::SnapshotStore(aside_ / "snapshots").newest_first().empty();
        return std::nullopt;
    }

    const RestoreFrom& from_;
    const Note& note_;
    fs::path state_;
    fs::path aside_;
    bool made_aside_ = false;
    RestoredArchive archive_;
    std::uint64_t end_segment_ = 0;  // that the new journal goes on in
    Restored done_;
};

}  // namespace

std::string audit_origin_suffix(const std::filesystem::path& state) {
    std::ifstream file(state / kAuditOriginFile);
    std::string line;
    std::getline(file, line);
    return line;
}

Restored restore_state(const RestoreFrom& from, const Note& note) {
    try {
        return Restore(from, note).run();
    } catch (const std::filesystem::filesystem_error& error) {
        Restored none;
        none.failure = error.what();
        return none;
    }
}

}  // namespace penstock::apps
