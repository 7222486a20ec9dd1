#include "apps/penstock/journal_command.hpp"

#include <memory>

#include "apps/penstock/journal_diff.hpp"
#include "apps/penstock/journal_inspect.hpp"
#include "apps/penstock/journal_replay.hpp"
#include "apps/penstock/journal_verify.hpp"

namespace penstock::apps {
namespace {

void add_inspect(Commands& commands, Command journal) {
    const Command command = journal.add_command("inspect", "prints records as people read them");
    command.footer(
        "Exit codes: 0 records were printed, 1 none is as asked for, or the journal is damaged, 2 it could "
        "not "
        "be read.");
    auto options = std::make_shared<InspectOptions>();
    add_where(command, options->where);
    command.add_option("--from", options->from, "first seq (default: the first record)");
    command.add_option("--to", options->to, "last seq (default: the newest record on the disk)");
    command.add_option("--order", options->order,
                       "only records about this order: OrderID(37) as we give it, or a ClOrdID(11)");
    command.add_flag("--json", options->json, "one JSON object a line");
    commands.on(command, [options] { return journal_inspect(*options); });
}

void add_verify(Commands& commands, Command journal) {
    const Command command =
        journal.add_command("verify", "checks every byte: CRC, seq, epoch, hash chain, watermark");
    command.footer(
        "Exit codes: 0 sound, 1 damaged (file and offset are printed), 2 it could not be checked: cannot be "
        "read,\nor written by a newer Penstock, which is no damage.");
    auto options = std::make_shared<VerifyOptions>();
    add_where(command, options->where);
    command.add_flag("--json", options->json, "one JSON object");
    commands.on(command, [options] { return journal_verify(*options); });
}

void add_replay(Commands& commands, Command journal) {
    const Command command = journal.add_command(
        "replay", "executes it up to a record or moment, compares, and shows the state as it was then");
    command.footer("Exit codes: 0 done, 1 this build makes something else of it, 2 cannot.");
    auto options = std::make_shared<ReplayOptions>();
    add_where(command, options->where);
    command.add_option(
        "--to", options->to,
        "seq of the last record, or a moment in UTC such as 2026-11-21T09:30:00.000001Z; of a date: the end "
        "of that day");
    command
        .add_option(
            "--print", options->print,
            "orders: every open order; positions: as traded here and as venues tell; state: who is up, and "
            "counts")
        .one_of({"orders", "positions", "state"});
    command.add_flag("--json", options->json, "orders or positions as one JSON object a line");
    command.add_flag("--whole", options->whole, "from the first record, not from a snapshot before it");
    commands.on(command, [options] { return journal_replay(*options); });
}

void add_diff(Commands& commands, Command journal) {
    const Command command = journal.add_command("diff", "the first record in which two journals differ");
    command.footer("Exit codes: 0 equal as far as both go, 1 different, 2 cannot.");
    auto options = std::make_shared<DiffOptions>();
    command.add_option("left", options->left, "state folder, or folder of a journal").required();
    command.add_option("right", options->right, "the other one").required();
    commands.on(command, [options] { return journal_diff(*options); });
}

}  // namespace

void add_journal_command(Commands& commands) {
    const Command journal = commands.app().add_command(
        "journal", "reads a journal, beside a penstockd that writes it or not; never changes it");
    journal.require_commands(1, 1);
    add_inspect(commands, journal);
    add_verify(commands, journal);
    add_replay(commands, journal);
    add_diff(commands, journal);
}

}  // namespace penstock::apps
