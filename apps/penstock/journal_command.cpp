#include "apps/penstock/journal_command.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "apps/penstock/journal_inspect.hpp"

namespace penstock::apps {
namespace {

void add_inspect(Commands& commands, CLI::App& journal) {
    auto* command = journal.add_subcommand("inspect", "prints records as people read them");
    auto options = std::make_shared<InspectOptions>();
    add_where(*command, options->where);
    command->add_option("--from", options->from, "first seq (default: the first record)");
    command->add_option("--to", options->to, "last seq (default: the newest record on the disk)");
    command->add_option("--order", options->order,
                        "only records about this order: OrderID(37) as we give it, or a ClOrdID(11)");
    command->add_flag("--json", options->json, "one JSON object a line");
    commands.on(*command, [options] { return journal_inspect(*options); });
}

}  // namespace

void add_journal_command(Commands& commands) {
    auto* journal = commands.app().add_subcommand(
        "journal", "reads a journal, beside a penstockd that writes it or not; never changes it");
    journal->require_subcommand(1);
    add_inspect(commands, *journal);
}

}  // namespace penstock::apps
