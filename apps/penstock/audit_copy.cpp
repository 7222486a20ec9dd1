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

/// Records the export, so that it is in what is exported. How many leaves have it; nothing when that cannot
/// be: it has been said why. Where witnesses countersign, theirs are waited for first.
std::optional<std::uint64_t> put_on_record(const Where& where, const AuditCopyOptions& options,
                                           compliance::Files& audit) {
    std::uint64_t next = compliance::size_under(audit, compliance::kCheckpointFile);
    const bool has_witness = compliance::size_under(audit, compliance::kCosignedFile) > 0;
    oms::OperatorActed act;
    act.action = FixedText<31>::truncated("export");
    act.subject = FixedText<95>::truncated("audit " + std::filesystem::path(options.out).filename().string());
    act.reason = Text::truncated(options.reason);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    act.text = Text::truncated("copy " + std::to_string(now.count()));
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

}  // namespace

int audit_copy(const AuditCopyOptions& options) {
    if (options.reason.empty()) return cannot("why? --reason TEXT is kept with the export");
    const auto where = find(options.where);
    if (!where) return kExitCannot;
    const std::filesystem::path audit = audit_of(*where, options.audit);
    std::error_code ignored;
    if (std::filesystem::exists(options.out) && !std::filesystem::is_empty(options.out, ignored))
        return cannot(options.out + " is not empty; name another folder");
    compliance::DiskFiles from(audit);
    std::optional<std::uint64_t> on_record;
    if (!where->state.empty()) {
        on_record = put_on_record(*where, options, from);
        if (!on_record)
            std::fprintf(stderr, "penstock: copied is what is under the newest checkpoint, without it\n");
    }
    const std::uint64_t newest = compliance::size_under(from, compliance::kCheckpointFile);
    compliance::DiskFiles to(options.out);
    if (const auto problem = compliance::copy_log(from, to, on_record.value_or(newest)))
        return cannot(audit.string() + ": " + *problem);
    reports::AuditRecords copied(options.out);
    if (const auto problem = copied.open()) return cannot(*problem);
    std::printf("{\"folder\":%s,\"last\":%llu}\n", json_text(options.out).c_str(),
                static_cast<unsigned long long>(copied.last().value));
    return on_record || where->state.empty() ? kExitDone : kExitNo;
}

}  // namespace penstock::apps
