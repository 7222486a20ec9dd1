#include "apps/penstock/audit_copy.hpp"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "apps/penstock/audit_records.hpp"
#include "apps/penstock/command.hpp"
#include "apps/penstock/record_text.hpp"
#include "apps/runtime/operator_record.hpp"
#include "compliance/tlog/checkpoint.hpp"
#include "compliance/tlog/copy_log.hpp"

namespace penstock::apps {
namespace {

constexpr auto kPoll = std::chrono::milliseconds(50);
/// A penstockd that runs publishes a checkpoint within a second; one that does not never will.
constexpr int kMaxPolls = 200;

std::uint64_t size_of(compliance::Files& audit) {
    const auto bytes = audit.read(std::string(compliance::kCheckpointFile));
    const auto note = bytes ? compliance::parse_note(*bytes) : std::nullopt;
    const auto checkpoint = note ? compliance::parse_checkpoint(note->text) : std::nullopt;
    return checkpoint ? checkpoint->head.size : 0;
}

/// Is a record with these bytes under the newest checkpoint? Looks from leaf `next` on, and moves it.
bool has_record(compliance::Files& audit, std::string_view bytes, std::uint64_t& next) {
    const std::uint64_t size = size_of(audit);
    for (; next < size; ++next) {
        const auto leaf = compliance::read_entry(audit, next, size);
        if (!leaf) return false;
        if (leaf->find(bytes) != std::string::npos) return true;
    }
    return false;
}

/// Records the export, so that it is in what is exported. False when that cannot be; it has been said why.
bool put_on_record(const Where& where, const AuditCopyOptions& options, compliance::Files& audit) {
    std::uint64_t next = size_of(audit);
    oms::OperatorActed act;
    act.action = FixedText<31>::truncated("export");
    act.subject = FixedText<95>::truncated("audit " + std::filesystem::path(options.out).filename().string());
    act.reason = Text::truncated(options.reason);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    act.text = Text::truncated("copy " + std::to_string(now.count()));
    if (const auto problem = record_act({where.state, where.journal}, act)) {
        cannot("the export cannot be recorded: " + *problem);
        return false;
    }
    for (int poll = 0; poll < kMaxPolls; ++poll) {
        if (has_record(audit, act.text.view(), next)) return true;
        std::this_thread::sleep_for(kPoll);
    }
    cannot(
        "the audit does not come up to the record of this export: does its penstockd run, with [audit] on?");
    return false;
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
    bool is_on_record = false;
    compliance::DiskFiles from(audit);
    if (!where->state.empty()) {
        is_on_record = put_on_record(*where, options, from);
        if (!is_on_record)
            std::fprintf(stderr, "penstock: copied is what is under the newest checkpoint, without it\n");
    }
    compliance::DiskFiles to(options.out);
    if (const auto problem = compliance::copy_log(from, to)) return cannot(audit.string() + ": " + *problem);
    reports::AuditRecords copied(options.out);
    if (const auto problem = copied.open()) return cannot(*problem);
    std::printf("{\"folder\":%s,\"last\":%llu}\n", json_text(options.out).c_str(),
                static_cast<unsigned long long>(copied.last().value));
    return is_on_record || where->state.empty() ? kExitDone : kExitNo;
}

}  // namespace penstock::apps
