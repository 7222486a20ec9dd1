#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "persistence/projection/projector.hpp"
#include "persistence/projection/settings.hpp"

namespace penstock::projection {

persistence::JournalSettings journal_in(const std::filesystem::path& folder);
persistence::JournalIdentity identity_of(const persistence::JournalSettings& journal);
/// Where projectors of this journal keep what they learn in tests.
std::filesystem::path memory_of(const persistence::JournalSettings& journal);

Projector projector_of(const persistence::JournalSettings& journal, Store& store, const Bounds& bounds,
                       std::vector<std::string>* notes = nullptr, std::function<bool()> is_over = {});
void advance_to_end(Projector& projector);

/// One life of a projector, to the journal's end or until `is_over`, which is like being killed there. What
/// it noted.
std::vector<std::string> project(const persistence::JournalSettings& journal, const Settings& settings,
                                 const Bounds& bounds, std::function<bool()> is_over = {});
/// As `penstock projection rebuild`.
void rebuild(const persistence::JournalSettings& journal, const Settings& settings);

/// The records [first, last] as a closed batch.
Batch batch_of(const persistence::JournalSettings& journal, std::uint64_t first, std::uint64_t last);

}  // namespace penstock::projection
