#include "apps/penstock/audit_export.hpp"

#include <pwd.h>
#include <unistd.h>

#include <cstdio>

#include "apps/penstock/audit_records.hpp"
#include "apps/penstock/command.hpp"
#include "apps/penstock/identities_file.hpp"
#include "apps/penstock/record_export.hpp"
#include "apps/runtime/system_clock.hpp"
#include "compliance/reports/export.hpp"
#include "compliance/tlog/record_proofs.hpp"
#include "oms/domain/operator_acts.hpp"
#include "persistence/history/moment.hpp"

namespace penstock::apps {
namespace {

constexpr std::size_t kDate = 10;
constexpr std::int64_t kDay = 86'400'000'000'000;

int list_reports(const reports::Tables& tables) {
    for (const reports::Report& report : tables.reports()) {
        std::string formats;
        for (const std::string& format : report.formats) formats += " " + format;
        std::printf("%-12s %s\n             %s, version %s;%s\n", report.id.c_str(), report.title.c_str(),
                    report.basis.c_str(), report.version.c_str(), formats.c_str());
    }
    return kExitDone;
}

/// Nothing: it has been said why.
std::optional<Timestamp> moment(const std::string& option, const std::string& text, bool is_end) {
    auto made = history::parse_moment(text);
    if (!made) {
        cannot(option + " " + text + " is no moment; write 2026-11-27 or 2026-11-27T14:03:07.123456Z");
        return std::nullopt;
    }
    if (is_end && text.size() == kDate) made->ns += kDay;
    return made;
}

/// The verifiers look for the name of a file in the act it is on record by, so it must be there whole.
bool has_name_for_record(const AuditExportOptions& options) {
    const std::string name = std::filesystem::path(options.out).filename().string();
    return (options.report + " " + name + ".manifest.json").size() <=
           decltype(oms::OperatorActed::subject)::kCapacity;
}

std::string user_name() {
    const passwd* const user = ::getpwuid(::getuid());
    return user == nullptr ? "uid " + std::to_string(::getuid()) : user->pw_name;
}

bool set_period(const AuditExportOptions& options, reports::Request& request) {
    if (!options.from.empty()) {
        const auto from = moment("--from", options.from, false);
        if (!from) return false;
        request.from = *from;
    }
    if (!options.to.empty()) {
        const auto to = moment("--to", options.to, true);
        if (!to) return false;
        request.to = *to;
    }
    return true;
}

bool show_progress(std::uint64_t seq, std::uint64_t last) {
    if (::isatty(STDERR_FILENO) == 0 && seq % (std::uint64_t{1} << 20U) != 0) return true;
    std::fprintf(stderr, "%srecord %llu of %llu%s", ::isatty(STDERR_FILENO) != 0 ? "\r" : "",
                 static_cast<unsigned long long>(seq), static_cast<unsigned long long>(last),
                 ::isatty(STDERR_FILENO) != 0 ? "   " : "\n");
    return true;
}

void tell(const reports::Exported& done, const reports::Request& request) {
    std::fprintf(stderr, "%s: %llu rows, sha256 %s\n", request.file.c_str(),
                 static_cast<unsigned long long>(done.totals.rows), done.sha256.c_str());
    if (done.totals.exceptions.empty()) return;
    std::fprintf(stderr, "%zu exceptions: see %s.manifest.json. The first:\n", done.totals.exceptions.size(),
                 request.file.c_str());
    const reports::Exception& first = done.totals.exceptions.front();
    std::fprintf(stderr, "  %s: %s (%llu rows)\n", first.field.c_str(), first.problem.c_str(),
                 static_cast<unsigned long long>(first.rows));
}

/// Writes a proof of each record the report has rows of into FILE.proofs. What is wrong, or nothing.
std::optional<std::string> prove(const reports::Request& request, const reports::Exported& done) {
    const auto& seqs = done.totals.records;
    if (seqs.empty()) return std::nullopt;
    if (seqs.size() == reports::kMaxRecordsNamed && done.totals.last_seq != *seqs.rbegin())
        return "there are more than " + std::to_string(seqs.size()) + " records; name a period or an order";
    compliance::DiskFiles audit(request.audit);
    const auto leaves = compliance::leaves_with(audit, seqs);
    if (!leaves)
        return "the audit in " + request.audit.string() + " has not all of these records under a checkpoint";
    return compliance::write_proofs(audit, *leaves, request.file.string() + ".proofs");
}

}  // namespace

int audit_export(const AuditExportOptions& options) {
    const auto tables = reports::Tables::built_in();
    if (const auto* problem = std::get_if<reports::Problem>(&tables)) return cannot(*problem);
    if (options.list) return list_reports(std::get<reports::Tables>(tables));
    if (options.report.empty()) return cannot("which report? --list names them");
    if (options.out.empty()) return cannot("where to? --out FILE is needed");
    if (!has_name_for_record(options))
        return cannot("the name of " + options.out + " is too long to be put on record");
    const auto where = find(options.where);
    if (!where) return kExitCannot;
    reports::Request request;
    if (!set_period(options, request)) return kExitCannot;
    const auto identities =
        read_identities(options.identities, std::get<reports::Tables>(tables).known_fields());
    if (const auto* problem = std::get_if<std::string>(&identities)) return cannot(*problem);
    SystemClock clock;
    request.report = options.report;
    request.format = options.format;
    request.file = options.out;
    request.order = options.order;
    request.reason = options.reason;
    request.by = user_name();
    request.software = PENSTOCK_VERSION;
    request.now = clock.now();
    request.audit = audit_of(*where, options.audit);
    const auto records = records_of(*where);
    const reports::Exported done = reports::export_report(
        std::get<reports::Tables>(tables), request, std::get<reports::Identities>(identities), *records,
        show_progress);
    if (::isatty(STDERR_FILENO) != 0) std::fputs("\r", stderr);
    if (done.lacks_records) return cannot(why_not_whole(*where).value_or(*done.problem));
    if (done.problem) return cannot(*done.problem);
    tell(done, request);
    const auto unproven = options.proofs ? prove(request, done) : std::nullopt;
    if (unproven) std::fprintf(stderr, "penstock: proofs are missing: %s\n", unproven->c_str());
    const auto problem = record_export(*where, request, done);
    if (problem) std::fprintf(stderr, "penstock: not recorded in the journal: %s\n", problem->c_str());
    // Who reads a journal alone, a copy perhaps, has no penstockd to tell.
    return unproven || (problem && !where->state.empty()) ? kExitNo : kExitDone;
}

}  // namespace penstock::apps
