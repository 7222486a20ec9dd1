#include "tests/persistence/projection/expected.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <map>

#include "oms/domain/print.hpp"
#include "persistence/journal/reader.hpp"
#include "persistence/projection/batch.hpp"
#include "tests/persistence/history/kept_rows.hpp"

namespace penstock::projection {
namespace {

template <class Row>
std::string line_of(const Row& row, Table table) {
    std::string line;
    std::size_t column = 0;
    describe(row, [&]<class T>(const char* name, const T& member) {
        std::string text;
        if constexpr (std::same_as<T, Timestamp>) {
            if (!member.is_none()) text = std::to_string(member.ns);
        } else if constexpr (std::same_as<T, bool>) {
            text = member ? "true" : "false";
        } else {
            history::Shape<T>::write(text, member);
        }
        const bool is_key = shape_of(table).columns[column++].is_key;
        const bool is_null = text.empty() && !is_key;
        if (std::string_view(name) == "raw")
            text = in_hexadecimal(text);
        else
            make_utf8(text, 0);
        line += (is_null ? "\\N" : text) + "|";
    });
    return line;
}

template <class Rows>
std::vector<std::string> lines_of(const Rows& rows, Table table) {
    std::vector<std::string> lines;
    for (const auto& row : rows) lines.push_back(line_of(row, table));
    return lines;
}

/// Positions added up by hand.
std::vector<std::string> positions_of(const std::vector<history::Execution>& executions) {
    std::map<std::vector<std::string>, PositionRow> rows;
    for (const history::Execution& one : executions) {
        PositionRow& row = rows[{
            std::string(one.account.view()), std::string(one.symbol.view()), std::string(one.venue.view())}];
        row.account = one.account;
        row.symbol = one.symbol;
        row.venue = one.venue;
        const Notional quantity = Notional::of(one.net_quantity);
        const Notional value = Price{one.price} * Quantity{one.net_quantity};
        if (one.side == '1') {
            row.bought = *add(row.bought, quantity);
            row.net = *add(row.net, quantity);
            row.bought_value = *add(row.bought_value, value);
        } else {
            row.sold = *add(row.sold, quantity);
            row.net = *subtract(row.net, quantity);
            row.sold_value = *add(row.sold_value, value);
        }
        row.last_seq = one.seq;
        row.changed = one.time;
    }
    std::vector<std::string> lines;
    for (const auto& [key, row] : rows) lines.push_back(line_of(row, Table::Positions));
    return lines;
}

void sort_all(AllRows& rows) {
    for (auto& lines : rows) std::ranges::sort(lines);
}

std::string cell_of(sqlite3_stmt* statement, int at, ColumnType type) {
    if (sqlite3_column_type(statement, at) == SQLITE_NULL) return "\\N";
    if (type == ColumnType::Flag) return sqlite3_column_int(statement, at) != 0 ? "true" : "false";
    const auto* const bytes = static_cast<const char*>(sqlite3_column_blob(statement, at));
    const std::string text(
        bytes == nullptr ? "" : bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, at)));
    return type == ColumnType::Bytes ? in_hexadecimal(text) : text;
}

}  // namespace

std::string in_hexadecimal(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes)
        for (const unsigned shift : {4U, 0U})
            text += "0123456789abcdef"[(static_cast<unsigned char>(byte) >> shift) & 0xFU];
    return text;
}

AllRows expected_rows(const persistence::JournalSettings& journal) {
    persistence::JournalReader reader;
    EXPECT_FALSE(reader.open(journal));
    history::OrderEvents events({reader.identity().instance, oms::epoch_of(reader.identity().created)});
    history::KeptRows rows;
    std::vector<AuditRow> audit;
    persistence::OffsetIndex index;
    const auto error = reader.read(nullptr, index, [&](const oms::Record& record) {
        events.fold(record, rows);
        audit.push_back(
            {record.input.seq, record.input.time, oms::name_of(record.input.body), audit.size(), 1});
        return true;
    });
    EXPECT_FALSE(error) << error->text;
    std::vector<history::OrderRow> orders;
    for (const auto& [id, row] : rows.orders) orders.push_back(row);
    AllRows all{lines_of(rows.events, Table::OrderEvents), lines_of(rows.executions, Table::Executions),
                lines_of(orders, Table::Orders),           positions_of(rows.executions),
                lines_of(rows.sessions, Table::Sessions),  lines_of(rows.actions, Table::AdminActions),
                lines_of(audit, Table::AuditIndex)};
    sort_all(all);
    return all;
}

AllRows rows_of_sqlite(const std::string& file) {
    AllRows all;
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    for (const Table table : kTables) {
        const TableShape& shape = shape_of(table);
        sqlite3_stmt* statement = nullptr;
        const std::string sql = "SELECT * FROM \"" + std::string(shape.name) + "\"";
        EXPECT_EQ(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database);
        while (statement != nullptr && sqlite3_step(statement) == SQLITE_ROW) {
            std::string line;
            for (std::size_t at = 0; at < shape.columns.size(); ++at)
                line += cell_of(statement, static_cast<int>(at), shape.columns[at].type) + "|";
            all[static_cast<std::size_t>(table)].push_back(line);
        }
        sqlite3_finalize(statement);
    }
    sqlite3_close(database);
    sort_all(all);
    return all;
}

std::string difference(const AllRows& expected, const AllRows& found) {
    std::string words;
    for (const Table table : kTables) {
        const auto& wanted = expected[static_cast<std::size_t>(table)];
        const auto& there = found[static_cast<std::size_t>(table)];
        const std::string name(shape_of(table).name);
        if (wanted.size() != there.size())
            words += name + ": " + std::to_string(there.size()) + " rows, and not " +
                     std::to_string(wanted.size()) + "\n";
        const auto [left, right] = std::ranges::mismatch(wanted, there);
        if (left != wanted.end() && right != there.end())
            words += name + " has\n  " + *right + "\ninstead of\n  " + *left + "\n";
    }
    return words;
}

}  // namespace penstock::projection
