#pragma once

#include <functional>
#include <optional>
#include <string>

#include "oms/engine/core.hpp"
#include "oms/ports/snapshot.hpp"
#include "persistence/journal/reader.hpp"
#include "persistence/snapshot/store.hpp"

namespace penstock::apps {

/// The configured capacity is the first input of every journal: a replay must not depend on the file.
inline constexpr oms::Capacity kNoCapacityYet{.orders = 1, .requests = 1, .fills = 1, .refusals = 1};

/// What a replay makes: the core, and what others learn beside it.
struct Replayed {
    oms::Core& core;
    oms::Learner& learner;
};

/// Where the journal is read on, and the index of what lies before.
struct ReadOn {
    persistence::JournalPlace place;
    persistence::OffsetIndex index;
};

/// Called with a line for operators.
using Note = std::function<void(std::string_view)>;

/// Puts `into` where the newest snapshot that is good and fits the journal left it. Nothing when there is
/// none: then the journal is read from its first record. Tells of each that was not used, with the reason;
/// one that is damaged is renamed, unless `store` is only looked at.
enum class Damaged { IsPutAside, IsLeft };
struct FittingJournal {
    const persistence::JournalSettings& settings;
    const persistence::Uuid& uuid;
};
/// `suits`: only snapshots of which it says yes; empty: any.
using Suits = std::function<bool(const persistence::JournalPlace&)>;
std::optional<ReadOn> restore_newest(const persistence::SnapshotStore& store, const FittingJournal& journal,
                                     const Replayed& into, Damaged damaged, const Note& note,
                                     const Suits& suits = {});

/// What came of it.
struct SnapshotTaken {
    std::optional<std::string> failure;  // set: none was written, and the old ones are as they were
    Seq seq;                             // the state after this record; none: no record is durable yet
    std::uint64_t records = 0;           // read since the snapshot before
    bool is_new = false;                 // no: there is one of this record already, or no record
};

/// Takes a snapshot as a second reader of the journal: begins at the newest one, executes the records since
/// again, compares what they cause, and writes the state. Whoever writes the journal does not notice.
/// `into` must be as new.
SnapshotTaken take_snapshot(const persistence::JournalSettings& journal, persistence::SnapshotStore& store,
                            const Replayed& into, const Note& note);

}  // namespace penstock::apps
