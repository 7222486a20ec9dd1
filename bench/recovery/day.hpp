#pragma once

#include <cstdint>
#include <filesystem>

#include "oms/engine/core.hpp"
#include "persistence/journal/segment_journal.hpp"

namespace penstock::bench {

/// Writes a journal as a day of trading leaves it: orders, acknowledgements, fills of nine in ten, with the
/// bytes of the messages and the numbers of those sent.
class Day {
  public:
    explicit Day(const persistence::JournalSettings& settings);
    /// Until the journal has so many records.
    void trade_until(std::uint64_t records);
    std::uint64_t state_hash() const { return core_.state_hash(); }

  private:
    void trade();
    void take(const oms::InputBody& body, SessionId from);

    persistence::SegmentJournal::Opened journal_;
    oms::Core core_;
    oms::Outbox out_;
    oms::Input input_;
    std::vector<oms::WireNumber> numbers_;
    std::uint32_t next_out_[4] = {};
    std::uint32_t next_in_[4] = {};
    std::uint64_t orders_ = 0;
};

}  // namespace penstock::bench
