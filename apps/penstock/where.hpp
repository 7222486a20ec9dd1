#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "apps/command_line/command_line.hpp"
#include "config/config.hpp"
#include "persistence/journal/settings.hpp"

namespace penstock::apps {

/// Which Penstock a command is about, as the command line says it.
struct WhereOptions {
    std::string config;
    std::string directory;
    std::string archive;
};
void add_where(Command command, WhereOptions& options);

/// The same, found.
struct Where {
    std::filesystem::path state;           // the state folder; empty when only a journal's folder was named
    persistence::JournalSettings journal;  // to read it
    std::optional<config::Config> config;  // with --config
};
/// Nothing when it cannot be found; then it has said why on stderr.
std::optional<Where> find(const WhereOptions& options);

}  // namespace penstock::apps
