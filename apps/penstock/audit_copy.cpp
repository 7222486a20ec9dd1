#include "apps/penstock/audit_copy.hpp"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "apps/penstock/audit_records.hpp"
#include "apps/penstock/command.hpp"
#include "apps/penstock/record_text.hpp"
#include "apps/runtime/operator_record.hpp"
#include "compliance/tlog/copy_log.hpp"

namespace penstock::apps {
namespace {

namespace fs = std::filesystem;

constexpr auto kPoll = std::chrono::milliseconds(50);
/// A penstockd that runs publishes a checkpoint within a second; one that does not never will.
constexpr int kMaxPolls = 200;

/// Is a record with these bytes under a checkpoint? Looks from leaf `next` on, and moves it.
bool has_record(compliance::Files& audit, std::string_view checkpoint, std::string_view bytes,
                std::uint64_t& next) {
    const std::uint64_t size = compliance::size_under(audit, checkpoint);
    for (; next < size; ++next) {
        const auto leaf = compliance::read_entry(audit, next, size);
        if (!leaf) return false;
        if (leaf->find(bytes) != std::string::npos) return true;
    }
    return false;
}

oms::OperatorActed act_of(const AuditCopyOptions& options) {
    oms::OperatorActed act;
    act.action = FixedText<31>::truncated("export");
    act.subject = FixedText<95>::truncated("audit " + fs::path(options.out).filename().string());
    act.reason = Text::truncated(options.reason);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    act.text = Text::truncated("copy " + std::to_string(now.count()));
    return act;
}

/// Records the export, so that it is in what is exported. How many leaves have it; nothing when that cannot
/// be: it has been said why. Where witnesses countersign, theirs are waited for first.
std::optional<std::uint64_t> put_on_record(const Where& where, const oms::OperatorActed& act,
                                           compliance::Files& audit) {
    std::uint64_t next = compliance::size_under(audit, compliance::kCheckpointFile);
    const bool has_witness = compliance::size_under(audit, compliance::kCosignedFile) > 0;
    if (const auto problem = record_act({where.state, where.journal}, act)) {
        cannot("the export cannot be recorded: " + *problem);
        return std::nullopt;
    }
    for (int poll = 0; poll < kMaxPolls; ++poll) {
        const bool waits_for_witness = has_witness && poll < kMaxPolls / 2;
        const auto name = waits_for_witness ? compliance::kCosignedFile : compliance::kCheckpointFile;
        if (has_record(audit, name, act.text.view(), next)) return next + 1;
        std::this_thread::sleep_for(kPoll);
    }
    cannot(
        "the audit does not come up to the record of this export: does its penstockd run, with [audit] on?");
    return std::nullopt;
}

/// What is wrong with the folder the copy is to go to.
std::optional<std::string> check_folder(const std::string& out, const fs::path& audit) {
    std::error_code failed;
    const fs::path way = fs::relative(out, audit, failed);
    if (failed) return out + ": " + failed.message();
    if (!way.empty() && *way.begin() != "..") return out + " is in the audit itself";
    if (fs::exists(out) && !fs::is_empty(out, failed)) return out + " is not empty; name another folder";
    return std::nullopt;
}

/// Copies into the folder that was made. What is wrong, or nothing.
std::optional<std::string> copy_into(const std::string& out, compliance::Files& audit, std::uint64_t at_least,
                                     Seq& last) {
    compliance::DiskFiles to(out);
    const auto tell = [](const std::string& what) { std::fprintf(stderr, "penstock: %s\n", what.c_str()); };
    if (auto problem = compliance::copy_log(audit, to, at_least, tell)) return problem;
    reports::AuditRecords copied(out);
    if (auto problem = copied.open()) return problem;
    last = copied.last();
    return std::nullopt;
}

/// The folder is empty again, so that the same words may be said again; what is on record is taken back
/// there.
void take_back(const Where& where, const std::string& out, std::optional<oms::OperatorActed> act) {
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(out, failed)) fs::remove_all(entry.path(), failed);
    if (!act) return;
    act->action = FixedText<31>::truncated("export failed");
    if (const auto problem = record_act({where.state, where.journal}, *act))
        cannot("that the export failed cannot be recorded: " + *problem);
}

}  // namespace

int audit_copy(const AuditCopyOptions& options) {
    if (options.reason.empty()) return cannot("why? --reason TEXT is kept with the export");
    const auto where = find(options.where);
    if (!where) return kExitCannot;
    const fs::path audit = audit_of(*where, options.audit);
    compliance::DiskFiles from(audit);
    // Whatever can be known before is, so that nothing is on record as exported that was not.
    if (const auto problem = check_folder(options.out, audit)) return cannot(*problem);
    if (const auto problem = compliance::check_log(from)) return cannot(audit.string() + ": " + *problem);
    std::error_code failed;
    fs::create_directories(options.out, failed);
    if (failed) return cannot(options.out + ": cannot be made: " + failed.message());
    const bool is_recorded = !where->state.empty();
    const oms::OperatorActed act = act_of(options);
    const auto on_record = is_recorded ? put_on_record(*where, act, from) : std::nullopt;
    const std::uint64_t newest = compliance::size_under(from, compliance::kCheckpointFile);
    Seq last;
    if (const auto problem = copy_into(options.out, from, on_record.value_or(newest), last)) {
        take_back(*where, options.out, is_recorded ? std::optional(act) : std::nullopt);
        return cannot(audit.string() + ": " + *problem);
    }
    if (is_recorded && !on_record)
        std::fputs("penstock: copied is what is under the newest checkpoint, without it\n", stderr);
    std::printf("{\"folder\":%s,\"last\":%llu}\n", json_text(options.out).c_str(),
                static_cast<unsigned long long>(last.value));
    return on_record || !is_recorded ? kExitDone : kExitNo;
}

}  // namespace penstock::apps
