#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "oms/domain/operator_acts.hpp"
#include "persistence/journal/settings.hpp"

namespace penstock::apps {

/// Whose journal an act is recorded in.
struct RecordsActs {
    std::filesystem::path state;
    persistence::JournalSettings journal;
};

/// Records what an operator did: by the penstockd that runs there, or, when none does, by appending to its
/// journal (nothing is executed; the journal's time does not go back). `who` is filled in here. Nothing when
/// the record is durable, else why it is not.
std::optional<std::string> record_act(const RecordsActs& where, oms::OperatorActed act);

}  // namespace penstock::apps
