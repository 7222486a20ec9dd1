#include "apps/penstock/archive_command.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "apps/penstock/archive_work.hpp"

namespace penstock::apps {
namespace {

using Work = int (*)(const ArchiveOptions&);
using Options = std::shared_ptr<ArchiveOptions>;

CLI::App* add(Commands& commands, CLI::App& parent, const std::string& name, const std::string& help,
              Work work, const Options& options) {
    auto* command = parent.add_subcommand(name, help);
    add_where(*command, options->where);
    commands.on(*command, [options, work] { return work(*options); });
    return command;
}

}  // namespace

void add_archive_command(Commands& commands) {
    auto* archive =
        commands.app().add_subcommand("archive", "closed segments, compressed: [storage] archive");
    archive->require_subcommand(1);
    const auto options = [] { return std::make_shared<ArchiveOptions>(); };
    add(commands, *archive, "run", "moves closed segments in, those no kept snapshot starts from",
        archive_run, options());
    add(commands, *archive, "list", "what is there, what may go, and what keeps the rest", archive_list,
        options());
    add(commands, *archive, "verify", "compares every file with INDEX; exit code 1: one is damaged",
        archive_verify, options());
    const Options prune = options();
    add(commands, *archive, "prune", "deletes what is expired, not held, and needed by no start",
        archive_prune, prune)
        ->add_flag("--dry-run", prune->dry_run, "only says what would go");
    auto* hold =
        archive->add_subcommand("hold", "legal holds: records of these days stay, whatever their term");
    hold->require_subcommand(1);
    const Options wanted = options();
    auto* to_add = add(commands, *hold, "add", "adds one", archive_hold_add, wanted);
    to_add->add_option("matter", wanted->matter, "its name")->required();
    to_add->add_option("--from", wanted->from, "first moment, such as 2026-11-21 or 2026-11-21T09:30:00Z")
        ->required();
    to_add->add_option("--to", wanted->to, "last moment")->required();
    to_add->add_option("--reason", wanted->reason, "who asked for it, and why");
    add(commands, *hold, "list", "all of them", archive_hold_list, options());
    const Options released = options();
    auto* release = add(commands, *hold, "release", "ends one", archive_hold_release, released);
    release->add_option("matter", released->matter, "its name")->required();
    release->add_option("--reason", released->reason, "who said so, and why")->required();
}

}  // namespace penstock::apps
