#include "persistence/projection/tables.hpp"

#include <algorithm>
#include <initializer_list>

namespace penstock::projection {
namespace {

/// What a message was is bytes, of whatever encoding its sender liked.
ColumnType type_of(const history::Column& column) {
    if (column.name == "raw") return ColumnType::Bytes;
    switch (column.kind) {
        case history::Kind::Number:
        case history::Kind::Time: return ColumnType::Integer;
        case history::Kind::Decimal: return ColumnType::Decimal;
        case history::Kind::Text: return ColumnType::Text;
        case history::Kind::Flag: return ColumnType::Flag;
    }
    return ColumnType::Text;
}

struct Make {
    std::string_view name;
    Keeping keeping = Keeping::Appended;
    bool is_by_day = false;
    std::initializer_list<std::string_view> key;
};

template <class Row>
TableShape shape(const Make& make) {
    TableShape made{make.name, make.keeping, make.is_by_day, {}};
    for (const history::Column& column : columns_for<Row>()) {
        const bool is_key = std::ranges::find(make.key, column.name) != make.key.end();
        made.columns.push_back({column.name, type_of(column), is_key});
    }
    return made;
}

}  // namespace

const TableShape& shape_of(Table table) {
    static const std::array<TableShape, kTables.size()> shapes{
        shape<history::OrderEvent>({"order_events", Keeping::Appended, true, {"seq", "index", "time"}}),
        shape<history::Execution>({"executions", Keeping::Appended, true, {"seq", "index", "kind", "time"}}),
        shape<history::OrderRow>({"orders", Keeping::Replaced, false, {"order_id"}}),
        shape<PositionRow>({"positions", Keeping::Replaced, false, {"account", "symbol", "venue"}}),
        shape<history::SessionRow>({"sessions", Keeping::Appended, false, {"seq"}}),
        shape<history::ActionRow>({"admin_actions", Keeping::Appended, false, {"seq"}}),
        shape<AuditRow>({"audit_index", Keeping::Appended, false, {"seq"}})};
    return shapes[static_cast<std::size_t>(table)];
}

}  // namespace penstock::projection
