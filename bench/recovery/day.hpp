#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "oms/engine/core.hpp"
#include "persistence/journal/segment_journal.hpp"

namespace penstock::bench {

/// What a day consists of.
enum class Shape : std::uint8_t {
    Day,       // orders, acknowledgements, fills of nine in ten
    Amends,    // orders that are acknowledged, amended four times and cancelled
    Cancels,   // orders that are acknowledged and cancelled
    Refusals,  // orders for more than the limit
    Quotes,    // prices, and an order between a hundred of them
};
std::optional<Shape> shape_named(std::string_view name);

/// Writes a journal as a day of trading leaves it, with the bytes of the messages and the numbers of those
/// sent.
class Day {
  public:
    Day(const persistence::JournalSettings& settings, Shape shape);
    /// Until the journal has so many records.
    void trade_until(std::uint64_t records);
    std::uint64_t state_hash() const { return core_.state_hash(); }

  private:
    void trade();
    oms::VenueReport order_at_venue();
    void order_and_fill();
    void order_and_cancel(int amends);
    void order_too_large();
    void quotes_and_order();
    void name(ClOrdId& id);
    SessionId venue() const;
    void take(const oms::InputBody& body, SessionId from);

    Shape shape_;
    persistence::SegmentJournal::Opened journal_;
    oms::Core core_;
    oms::Outbox out_;
    oms::Input input_;
    std::vector<oms::WireNumber> numbers_;
    std::uint32_t next_out_[4] = {};
    std::uint32_t next_in_[4] = {};
    std::uint64_t orders_ = 0;
    std::uint64_t ids_ = 0;
};

}  // namespace penstock::bench
