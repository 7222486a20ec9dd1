#include "config/draft.hpp"
#include "config/values.hpp"

namespace penstock::config {
namespace {

enum class Unused : std::uint8_t { Keep, Leave };

/// The draft as the rooms get it. Initiators of a .cfg that no venue names stay behind: nothing would
/// know what to do with them.
Config finished(Draft& draft, Unused unused) {
    Config config = std::move(draft.config);
    std::vector<std::size_t> new_index(draft.sessions.size(), 0);
    for (std::size_t i = 0; i < draft.sessions.size(); ++i) {
        DraftSession& one = draft.sessions[i];
        const bool is_idle = one.from_cfg && one.session.fix.is_initiator && !one.is_named;
        if (is_idle && unused == Unused::Leave) continue;
        new_index[i] = config.sessions.size();
        config.sessions.push_back(std::move(one.session));
    }
    for (VenueConfig& venue : config.venues) venue.session = new_index[venue.session];
    for (DraftListener& one : draft.listeners) config.listeners.push_back(std::move(one.listener));
    return config;
}

Loaded result_of(Draft& draft, Unused unused) {
    draft.findings.sort();
    Loaded loaded;
    loaded.problems = std::move(draft.findings.problems);
    loaded.warnings = std::move(draft.findings.warnings);
    if (loaded.problems.empty()) loaded.config = finished(draft, unused);
    return loaded;
}

void read_penstock_toml(Draft& draft) {
    const auto tree = read_toml(draft.config.file, draft.findings);
    if (!tree) return;
    Section root(*tree, draft.config.file.string(), "", draft.findings);
    read_process(root, draft);
    read_fix(root, draft);
    read_venues(root, draft);
    read_accounts(root, draft);
    root.finish();
    check_sessions(draft);
    check_listeners(draft);
    check_references(draft);
}

}  // namespace

Loaded load(const std::filesystem::path& file) {
    Draft draft;
    draft.config.file = file;
    read_penstock_toml(draft);
    return result_of(draft, Unused::Leave);
}

Loaded load_quickfix_cfg(const std::filesystem::path& file) {
    Draft draft;
    draft.config.file = file;
    if (is_readable_file(file)) {
        read_quickfix_cfg(file, draft);
        check_sessions(draft);
        check_listeners(draft);
    } else {
        draft.findings.problem({file.string(), 0}, "", "cannot be read; expected a QuickFIX .cfg");
    }
    return result_of(draft, Unused::Keep);
}

}  // namespace penstock::config
