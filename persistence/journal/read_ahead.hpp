#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "oms/ports/journal.hpp"
#include "persistence/journal/format.hpp"
#include "persistence/journal/wire.hpp"

namespace penstock::persistence {

/// The records of a segment, found, verified and decoded so many at a time, before the first of them has its
/// turn. Whoever executes them is told what is coming, so that the places of orders are on their way from
/// memory meanwhile. And the code that reads and the code that executes do not fit into the processor's
/// cache together: one by one, each would push out the other for every record.
class ReadAhead {
  public:
    struct Next {
        Found found = Found::Empty;
        RecordAt record;          // when it is whole
        bool is_decoded = false;  // it is an input's, and `decoded` holds it
        RecordBytes decoded;
    };

    /// Reads these bytes from there on, and nothing behind them. They and `visit` outlive the last `front`.
    void begin(std::string_view bytes, std::uint64_t offset, const oms::Visit& visit);
    /// What comes next, until it is popped. What is no whole record is the last.
    Next& front();
    void pop();

  private:
    void look();

    /// At some 900 bytes each, a third of the nearest cache.
    static constexpr std::size_t kRecords = 16;

    std::array<Next, kRecords> ring_;
    std::size_t first_ = 0;  // of those looked at, counted without end
    std::size_t end_ = 0;
    bool is_last_ = false;  // nothing is looked at any more
    std::string_view bytes_;
    std::uint64_t offset_ = 0;
    const oms::Visit* visit_ = nullptr;
};

}  // namespace penstock::persistence
