#include "persistence/projection/batch.hpp"

#include <algorithm>
#include <charconv>

#include "oms/domain/print.hpp"

namespace penstock::projection {
namespace {

/// How many bytes the character that begins here has; 0: it is none.
std::size_t character(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return first == 0 ? 0 : 1;
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < size) return 0;
    for (std::size_t at = 1; at < size; ++at)
        if ((byte(at) & 0xC0U) != 0x80) return 0;
    // Too long a form, a surrogate, or beyond the last character.
    if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)) return 0;
    if ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F)) return 0;
    return size;
}

void append_nanoseconds(std::string& out, Timestamp time) {
    if (time.is_none()) return;
    std::array<char, 24> text{};
    out.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), time.ns).ptr);
}

}  // namespace

void make_utf8(std::string& text, std::size_t from) {
    const auto is_plain = [](char c) { return static_cast<signed char>(c) > 0; };
    if (std::all_of(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), is_plain)) return;
    const std::string given = text.substr(from);
    text.resize(from);
    for (std::string_view rest = given; !rest.empty();) {
        const std::size_t size = character(rest);
        text += size == 0 ? std::string_view("\xEF\xBF\xBD") : rest.substr(0, size);
        rest.remove_prefix(std::max<std::size_t>(size, 1));
    }
}

template <class Row>
void Batch::write(Table table, const Row& row) {
    static const std::vector<history::Column>& columns = columns_for<Row>();
    const std::vector<TableColumn>& shapes = shape_of(table).columns;
    Written& out = written_[static_cast<std::size_t>(table)];
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::size_t at = out.bytes.size();
        if (columns[i].kind == history::Kind::Time)
            append_nanoseconds(
                out.bytes,
                *reinterpret_cast<const Timestamp*>(reinterpret_cast<const char*>(&row) + columns[i].offset));
        else
            columns[i].write(out.bytes, row);
        if (shapes[i].type == ColumnType::Text) make_utf8(out.bytes, at);
        const bool is_absent = out.bytes.size() == at && !shapes[i].is_key;
        out.cells.push_back({at, out.bytes.size() - at, is_absent});
    }
}

void Batch::begin(const oms::Record& record, std::uint64_t first_leaf, std::uint64_t leaves) {
    if (empty()) first_ = record.input.seq;
    last_ = record.input.seq;
    last_time_ = record.input.time;
    write(Table::AuditIndex,
          AuditRow{record.input.seq, record.input.time, oms::name_of(record.input.body), first_leaf, leaves});
}

void Batch::add(const history::Execution& row) {
    write(Table::Executions, row);
    const PositionRow& position = positions_.take(row);
    changed_positions_[{row.account, row.symbol, row.venue}] = position;
}

void Batch::close() {
    for (const auto& [id, row] : orders_) write(Table::Orders, row);
    for (const auto& [key, row] : changed_positions_) write(Table::Positions, row);
    orders_.clear();
    changed_positions_.clear();
}

std::size_t Batch::bytes() const {
    std::size_t sum = 0;
    for (const Written& written : written_) sum += written.bytes.size();
    return sum;
}

void Batch::clear() {
    for (Written& written : written_) {
        written.bytes.clear();
        written.cells.clear();
    }
    orders_.clear();
    changed_positions_.clear();
    first_ = last_ = {};
    last_time_ = {};
}

std::size_t Batch::rows(Table table) const { return of(table).cells.size() / shape_of(table).columns.size(); }

std::uint64_t Batch::rows() const {
    std::uint64_t sum = 0;
    for (const Table table : kTables) sum += rows(table);
    return sum;
}

std::span<const Batch::Cell> Batch::row(Table table, std::size_t index) const {
    const std::size_t columns = shape_of(table).columns.size();
    return std::span(of(table).cells).subspan(index * columns, columns);
}

}  // namespace penstock::projection
