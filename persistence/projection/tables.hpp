#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "persistence/history/columns.hpp"
#include "persistence/history/rows.hpp"

namespace penstock::projection {

// The tables of a projection, as their columns stand in spec/sql. Names and order come from the lists of
// fields of the rows; a test compares them with what the migrations make.

/// What a column holds. In PostgreSQL BIGINT, NUMERIC, TEXT, BYTEA, BOOLEAN; in SQLite INTEGER, TEXT, TEXT,
/// BLOB and 0 or 1. Numbers with decimals are text in SQLite, which has no other exact ones. Times are
/// nanoseconds since 1970, because no type of either database holds them all.
enum class ColumnType : std::uint8_t { Integer, Decimal, Text, Bytes, Flag };

struct TableColumn {
    std::string_view name;
    ColumnType type = ColumnType::Text;
    bool is_key = false;  // never NULL: an empty text is one
};

enum class Table : std::uint8_t {
    OrderEvents,
    Executions,
    Orders,
    Positions,
    Sessions,
    AdminActions,
    AuditIndex
};
inline constexpr std::array kTables{
    Table::OrderEvents, Table::Executions,   Table::Orders,    Table::Positions,
    Table::Sessions,    Table::AdminActions, Table::AuditIndex};

/// How rows get in: history is only ever added to, a state is replaced.
enum class Keeping : std::uint8_t { Appended, Replaced };

struct TableShape {
    std::string_view name;
    Keeping keeping = Keeping::Appended;
    bool is_by_day = false;  // in PostgreSQL partitioned by the day of "time"
    std::vector<TableColumn> columns;
};
const TableShape& shape_of(Table table);

/// What an account has of an instrument at a venue by its executions. Busts take back, corrections replace.
struct PositionRow {
    AccountName account;
    Symbol symbol;
    VenueName venue;
    Notional bought;  // quantities
    Notional sold;
    Notional net;           // bought less sold
    Notional bought_value;  // quantity times price
    Notional sold_value;
    bool is_exact = true;  // no: a sum had more digits than any number here holds, and stays what it was
    Seq last_seq;          // the record that changed it last
    Timestamp changed;
};
template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, PositionRow>
constexpr void describe(T& m, Visit&& visit) {
    visit("account", m.account);
    visit("symbol", m.symbol);
    visit("venue", m.venue);
    visit("bought", m.bought);
    visit("sold", m.sold);
    visit("net", m.net);
    visit("bought_value", m.bought_value);
    visit("sold_value", m.sold_value);
    visit("is_exact", m.is_exact);
    visit("last_seq", m.last_seq);
    visit("changed", m.changed);
}

/// Where a record is in the audit: its first leaf.
struct AuditRow {
    Seq seq;
    Timestamp time;
    std::string_view kind;
    std::uint64_t leaf = 0;
    std::uint64_t leaves = 1;
};
template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, AuditRow>
constexpr void describe(T& m, Visit&& visit) {
    visit("seq", m.seq);
    visit("time", m.time);
    visit("kind", m.kind);
    visit("leaf", m.leaf);
    visit("leaves", m.leaves);
}

/// As history::columns_of, for rows of history and of this folder.
template <class Row>
const std::vector<history::Column>& columns_for() {
    static const std::vector<history::Column> columns = [] {
        std::vector<history::Column> made;
        const Row row{};
        describe(row, [&]<class T>(const char* name, const T& member) {
            const auto offset = static_cast<std::size_t>(
                reinterpret_cast<const char*>(&member) - reinterpret_cast<const char*>(&row));
            made.push_back({name, history::Shape<T>::kKind, offset, [](std::string& out, const void* field) {
                                history::Shape<T>::write(out, *static_cast<const T*>(field));
                            }});
        });
        return made;
    }();
    return columns;
}

}  // namespace penstock::projection
