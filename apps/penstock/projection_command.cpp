#include "apps/penstock/projection_command.hpp"

#include <memory>

#include "apps/penstock/projection_run.hpp"

namespace penstock::apps {

void add_projection_command(Commands& commands) {
    const Command projection = commands.app().add_command(
        "projection",
        "the journal as tables of SQLite or PostgreSQL: [projection] of the configuration says where");
    projection.require_commands(1, 1);
    const auto add = [&](const char* name, const char* what, int (*run)(const std::string&)) {
        const Command command = projection.add_command(name, what);
        auto config = std::make_shared<std::string>();
        command.add_option("--config", *config, "penstock.toml of the penstockd it is about").required();
        commands.on(command, [config, run] { return run(*config); });
    };
    add("run", "keeps the tables at what the journal says, until SIGTERM; penstockd runs beside it or not",
        projection_run);
    add("rebuild",
        "makes the tables anew from the first record, then puts them in the place of those in use at once",
        projection_rebuild);
    add("status", "says how far the tables go, and how far behind the journal that is", projection_status);
    projection.footer(
        "A database that is down, slow or locked stops nothing but these tables: `run` tries again, with "
        "growing\n"
        "pauses, and goes on from the last record that is in. One that is damaged, of another journal or of "
        "another\n"
        "program's schema is left alone, and said so: exit code 1.");
}

}  // namespace penstock::apps
