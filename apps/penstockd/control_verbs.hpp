#pragma once

#include <filesystem>
#include <functional>

#include "apps/penstockd/control_door.hpp"
#include "oms/engine/pipeline.hpp"
#include "persistence/journal/segment_journal.hpp"

namespace penstock::apps {

/// What the verbs look at. All outlive the door.
struct ControlView {
    const oms::Core& core;
    const oms::Pipeline& pipeline;
    const persistence::SegmentJournal& journal;
    /// Called when a halt is durable: it must be in the audit under a checkpoint at once.
    std::function<void()> checkpoint_soon = [] {};
    /// Of the records before the snapshot it began at: JournalCheck::result().
    std::function<std::string()> journal_check = [] { return "sound"; };
};

/// `status`, `halt`, `resume`, and `act`, which records what an operator did elsewhere.
void add_control_verbs(ControlDoor& door, const ControlView& view);

/// The file in the state folder that makes penstockd begin halted: its text is the reason. A restore makes
/// it; it goes when the journal has it.
std::filesystem::path halted_file(const std::filesystem::path& state);
/// The act that says so; nothing when there is no such file.
std::optional<oms::OperatorActed> halt_by_file(const std::filesystem::path& state);

/// A request as an act: its words subject, reason and text.
oms::OperatorActed act_of(const ControlRequest& request, std::string_view action);

}  // namespace penstock::apps
