#include <cstdio>

#include "apps/penstock/archive_command.hpp"
#include "apps/penstock/audit_command.hpp"
#include "apps/penstock/backup_command.hpp"
#include "apps/penstock/command.hpp"
#include "apps/penstock/control_command.hpp"
#include "apps/penstock/journal_command.hpp"
#include "apps/penstock/projection_command.hpp"

int main(int argc, char** argv) {
    using namespace penstock::apps;
    const CommandLine line(
        "penstock: what operators do with a Penstock, beside a penstockd that runs or not.");
    const Command app = line.program();
    app.require_commands(1, 1);
    app.footer(
        "Exit codes: 0 done, 1 done and the answer is no (damaged, different, refused),\n"
        "2 the command line is wrong or something cannot be read or written.");
    Commands commands(app);
    add_journal_command(commands);
    add_control_commands(commands);
    add_archive_command(commands);
    add_backup_commands(commands);
    add_audit_command(commands);
    add_projection_command(commands);
    try {
        if (const auto ended = line.read(argc, argv)) return *ended;
        return commands.exit_code();
    } catch (const std::exception& error) {
        return cannot(error.what());
    }
}
