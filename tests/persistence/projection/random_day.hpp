#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "oms/engine/core.hpp"
#include "persistence/journal/segment_journal.hpp"

namespace penstock::projection {

/// Writes a journal as chance has it: orders, replaces, cancels, fills in pieces, busts, corrections,
/// refusals, sessions that fall, limits that change, over some days. What the core would refuse is refused by
/// it.
class RandomDay {
  public:
    RandomDay(const persistence::JournalSettings& settings, std::uint64_t seed);
    /// Until the journal has about so many records, all of them visible to a reader.
    void trade_until(std::uint64_t records);
    void close() { journal_.journal->close(); }
    std::uint64_t records() const { return input_.seq.value; }

  private:
    struct Trade {
        std::uint64_t child;
        std::string exec_id;
    };

    std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
    void happen();
    void enter();
    void ask();
    void answer();
    void disturb();
    oms::VenueReport report(std::uint64_t child);
    void take(const oms::InputBody& body, SessionId from);

    std::mt19937_64 random_;
    persistence::SegmentJournal::Opened journal_;
    oms::Core core_;
    oms::Outbox out_;
    oms::Input input_;
    std::vector<oms::WireNumber> numbers_;
    std::uint32_t next_out_[8] = {};
    std::uint32_t next_in_[8] = {};
    std::uint64_t names_ = 0;
    std::vector<std::string> cl_ord_ids_;
    std::vector<oms::VenueReport> asked_;  // the newest request of each child
    std::vector<Trade> trades_;
};

}  // namespace penstock::projection
