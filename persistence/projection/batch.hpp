#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oms/ports/journal.hpp"
#include "persistence/history/rows.hpp"
#include "persistence/projection/positions.hpp"
#include "persistence/projection/tables.hpp"

namespace penstock::projection {

/// Rows of some records that follow each other, as text, ready for any database. Values are as
/// history::append writes them, but times are nanoseconds and text is UTF-8: a byte that is none is U+FFFD.
class Batch final : public history::Rows {
  public:
    /// Executions change `positions`, which must outlive it.
    explicit Batch(Positions& positions) : positions_(positions) {}

    // Filling it. The rows of a record come between begin() and the next one's.
    void begin(const oms::Record& record, std::uint64_t first_leaf, std::uint64_t leaves);
    void add(const history::OrderEvent& row) override { write(Table::OrderEvents, row); }
    void add(const history::Execution& row) override;
    void put(const history::OrderRow& row) override { orders_[row.order_id] = row; }
    void add(const history::SessionRow& row) override { write(Table::Sessions, row); }
    void add(const history::ActionRow& row) override { write(Table::AdminActions, row); }
    /// After the last record.
    void close();

    bool empty() const { return last_.is_none(); }
    Seq first() const { return first_; }
    Seq last() const { return last_; }
    Timestamp last_time() const { return last_time_; }
    std::uint64_t records() const { return empty() ? 0 : last_.value - first_.value + 1; }
    std::size_t bytes() const;
    void clear();

    /// One value; null when there is none.
    struct Cell {
        std::size_t at = 0;
        std::size_t size = 0;
        bool is_null = true;
    };
    std::size_t rows(Table table) const;
    std::uint64_t rows() const;
    std::span<const Cell> row(Table table, std::size_t index) const;
    std::string_view text(Table table, const Cell& cell) const {
        return std::string_view(of(table).bytes).substr(cell.at, cell.size);
    }

  private:
    struct Written {
        std::string bytes;
        std::vector<Cell> cells;
    };
    const Written& of(Table table) const { return written_[static_cast<std::size_t>(table)]; }
    template <class Row>
    void write(Table table, const Row& row);

    Positions& positions_;
    std::array<Written, kTables.size()> written_;
    std::map<OrderId, history::OrderRow> orders_;  // the newest state of each
    std::map<Positions::Key, PositionRow> changed_positions_;
    Seq first_;
    Seq last_;
    Timestamp last_time_;
};

/// The text with U+FFFD for each byte that is no UTF-8, and for NUL, which PostgreSQL has no text with.
void make_utf8(std::string& text, std::size_t from);

}  // namespace penstock::projection
