#include "apps/penstock/where.hpp"

#include <cstdio>

#include "apps/penstock/command.hpp"
#include "apps/runtime/archiving.hpp"

namespace penstock::apps {
namespace {

void say(std::string_view line) {
    std::fprintf(stderr, "penstock: %.*s\n", static_cast<int>(line.size()), line.data());
}

}  // namespace

void add_where(Command command, WhereOptions& options) {
    const Option config =
        command.add_option("--config", options.config, "penstock.toml of the penstockd it is about");
    const Option directory = command.add_option(
        "--directory", options.directory,
        "instead: its state folder, or the folder of a journal alone (of `audit` also a copy of an audit)");
    config.excludes(directory);
    command.add_option(
        "--archive", options.archive, "folder of archived segments (default: of the --config)");
}

std::optional<Where> find(const WhereOptions& options) {
    Where where;
    // Who only reads does not mind which instance wrote it.
    where.journal.instance = {};
    if (!options.config.empty()) {
        config::Loaded loaded = config::load(options.config);
        for (const config::Problem& problem : loaded.problems)
            std::fprintf(stderr, "error: %s\n", config::to_text(problem).c_str());
        if (!loaded.config) return std::nullopt;
        where.config = std::move(loaded.config);
        where.state = where.config->state_directory;
        where.journal = where.config->journal;
        where.journal.directory = where.state / "journal";
        const std::filesystem::path named = options.archive;
        where.journal.more = open_archive(named.empty() ? where.config->storage.archive : named, say);
        return where;
    }
    if (options.directory.empty()) {
        cannot("which one? --config FILE or --directory FOLDER is needed");
        return std::nullopt;
    }
    where.journal.directory = options.directory;
    if (std::filesystem::exists(where.journal.directory / "journal" / "HEAD")) {
        where.state = options.directory;
        where.journal.directory /= "journal";
    }
    where.journal.more = open_archive(options.archive, say);
    return where;
}

}  // namespace penstock::apps
