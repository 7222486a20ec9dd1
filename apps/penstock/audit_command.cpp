#include "apps/penstock/audit_command.hpp"

#include <memory>

#include "apps/penstock/audit_book.hpp"
#include "apps/penstock/audit_copy.hpp"
#include "apps/penstock/audit_export.hpp"

namespace penstock::apps {
namespace {

void add_export(Commands& commands, Command audit) {
    const Command command =
        audit.add_command("export", "writes a report of the journal, and FILE.manifest.json beside it");
    auto options = std::make_shared<AuditExportOptions>();
    add_where(command, options->where);
    command.add_option("report", options->report, "which one; --list names them");
    command.add_flag("--list", options->list, "names the reports, what asks for them, and their formats");
    command.add_option(
        "--from", options->from, "rows from this moment on, UTC: 2026-11-27 or 2026-11-27T14:03:07.123456Z");
    command.add_option("--to", options->to, "rows before this moment; of a date: to the end of that day");
    command.add_option(
        "--order", options->order,
        "only this order and the list it came in: OrderID(37) as we give it, a ClOrdID(11), or the "
        "venue's OrderID(37)");
    command.add_option("--format", options->format, "csv, jsonl, xlsx or html (default: csv)");
    command.add_option("--out", options->out, "the file to write; one that exists is not replaced. Needed");
    command.add_option("--reason", options->reason, "why it is exported; kept with the export. Needed");
    command.add_option(
        "--identities", options->identities,
        "LEIs, MICs, ISINs, FDIDs and the like: a .tsv with columns kind, name, field, value, or a .toml "
        "with [kind.\"name\"] tables");
    command.add_option(
        "--audit", options->audit, "the folder of the audit (default: audit in the state folder)");
    command.add_flag("--proofs", options->proofs,
                     "also FILE.proofs: each record the report has rows of, and the proof that it is in the "
                     "audit");
    command.footer(
        "What a rule asks for and neither the journal nor --identities knows stays empty, and is listed "
        "under\n"
        "exceptions in the manifest (and in xlsx and html).");
    commands.on(command, [options] { return audit_export(*options); });
}

void add_copy(Commands& commands, Command audit) {
    const Command command = audit.add_command(
        "copy", "copies the audit for somebody who has no state folder; the copy is on record in itself");
    auto options = std::make_shared<AuditCopyOptions>();
    add_where(command, options->where);
    command.add_option("--out", options->out, "an empty folder, or one to be made").required();
    command.add_option("--reason", options->reason, "why it is exported; kept with the export. Needed");
    command.add_option(
        "--audit", options->audit, "the folder of the audit (default: audit in the state folder)");
    commands.on(command, [options] { return audit_copy(*options); });
}

void add_book(Commands& commands, Command audit) {
    const Command command =
        audit.add_command("book", "prints the orders that were open at a moment of the past, as CSV");
    auto options = std::make_shared<AuditBookOptions>();
    add_where(command, options->where);
    command.add_option("--at", options->at, "that moment, UTC: 2026-11-27T14:03:07.123456Z").required();
    command.add_flag("--all", options->all, "orders that had ended too");
    commands.on(command, [options] { return audit_book(*options); });
}

}  // namespace

void add_audit_command(Commands& commands) {
    const Command audit = commands.app().add_command(
        "audit",
        "reports for compliance, from a journal that a penstockd writes or not, or from a copy of its audit "
        "(--directory); changes neither");
    audit.require_commands(1, 1);
    add_export(commands, audit);
    add_copy(commands, audit);
    add_book(commands, audit);
}

}  // namespace penstock::apps
