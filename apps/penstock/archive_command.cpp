#include "apps/penstock/archive_command.hpp"

#include <memory>

#include "apps/penstock/archive_work.hpp"

namespace penstock::apps {
namespace {

using Work = int (*)(const ArchiveOptions&);
using Options = std::shared_ptr<ArchiveOptions>;

Command add(Commands& commands, Command parent, const std::string& name, const std::string& help, Work work,
            const Options& options) {
    const Command command = parent.add_command(name, help);
    add_where(command, options->where);
    commands.on(command, [options, work] { return work(*options); });
    return command;
}

}  // namespace

void add_archive_command(Commands& commands) {
    const Command archive =
        commands.app().add_command("archive", "closed segments, compressed: [storage] archive");
    archive.require_commands(1, 1);
    const auto options = [] { return std::make_shared<ArchiveOptions>(); };
    add(commands, archive, "run", "moves closed segments in, those no kept snapshot starts from", archive_run,
        options());
    add(commands, archive, "list", "what is there, what may go, and what keeps the rest", archive_list,
        options());
    add(commands, archive, "verify", "compares every file with INDEX; exit code 1: one is damaged",
        archive_verify, options());
    const Options prune = options();
    add(commands, archive, "prune", "deletes what is expired, not held, and needed by no start",
        archive_prune, prune)
        .add_flag("--dry-run", prune->dry_run, "only says what would go");
    const Command hold =
        archive.add_command("hold", "legal holds: records of these days stay, whatever their term");
    hold.require_commands(1, 1);
    const Options wanted = options();
    const Command to_add = add(commands, hold, "add", "adds one; a name that a hold has already is refused",
                               archive_hold_add, wanted);
    to_add.add_option("matter", wanted->matter, "its name").required();
    to_add.add_option("--from", wanted->from, "first moment, such as 2026-11-21 or 2026-11-21T09:30:00Z")
        .required();
    to_add.add_option("--to", wanted->to, "last moment; of a date: the end of that day, UTC").required();
    to_add.add_option("--reason", wanted->reason, "who asked for it, and why");
    add(commands, hold, "list", "all of them", archive_hold_list, options());
    const Options released = options();
    const Command release = add(commands, hold, "release", "ends one", archive_hold_release, released);
    release.add_option("matter", released->matter, "its name").required();
    release.add_option("--reason", released->reason, "who said so, and why").required();
}

}  // namespace penstock::apps
