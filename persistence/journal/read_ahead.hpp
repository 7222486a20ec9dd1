#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "oms/ports/journal.hpp"
#include "persistence/journal/format.hpp"
#include "persistence/journal/wire.hpp"

namespace penstock::persistence {

/// The records of a segment, each found, verified and decoded some records before its turn. Whoever executes
/// them is told what is coming, so that the places of orders are on their way from memory meanwhile.
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

    /// At some 800 ns a record, longer than memory ever takes; and few enough for the nearest cache.
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
