#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "persistence/history/order_events.hpp"
#include "persistence/journal/offset_index.hpp"
#include "persistence/journal/place.hpp"
#include "persistence/projection/positions.hpp"

namespace penstock::projection {

/// Everything a projector has learned of the records up to a place: what it takes to understand the next one.
/// It depends on the journal alone, and not on any database.
struct Memory {
    explicit Memory(const oms::IdSpace& space) : events(space) {}

    history::OrderEvents events;
    Positions positions;
    std::uint64_t next_leaf = 0;  // of the audit
    persistence::JournalPlace place;
    persistence::OffsetIndex index;
    bool is_new() const { return place.last_seq == 0; }
};

/// The folder where a projector keeps what it has learned, so that it need not read the journal from its
/// first record to go on: "m-<seq>.memory", the newest two. All may be deleted at any time; what is damaged,
/// of another program or of another journal is not used.
class MemoryStore {
  public:
    explicit MemoryStore(std::filesystem::path folder) : folder_(std::move(folder)) {}
    /// Nothing when it was written, else why not. Written aside, synced, renamed.
    std::optional<std::string> write(const Memory& memory, const persistence::Uuid& journal) const;
    /// The newest that is whole and knows no record after `last`; null: there is none. `notes` gets a line
    /// for each that was not used for a reason an operator should know.
    std::unique_ptr<Memory> newest(const oms::IdSpace& space, const persistence::Uuid& journal, Seq last,
                                   std::vector<std::string>& notes) const;

  private:
    std::vector<std::filesystem::path> newest_first() const;

    std::filesystem::path folder_;
};

}  // namespace penstock::projection
