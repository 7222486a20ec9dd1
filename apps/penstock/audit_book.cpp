#include "apps/penstock/audit_book.hpp"

#include <cstdio>

#include "apps/penstock/audit_records.hpp"
#include "apps/penstock/command.hpp"
#include "compliance/reports/as_of.hpp"
#include "compliance/reports/text.hpp"
#include "persistence/history/columns.hpp"
#include "persistence/history/moment.hpp"
#include "persistence/history/order_events.hpp"

namespace penstock::apps {
namespace {

reports::Type::Name type_of(history::Kind kind) {
    switch (kind) {
        case history::Kind::Number: return reports::Type::Name::Integer;
        case history::Kind::Decimal: return reports::Type::Name::Decimal;
        case history::Kind::Text:
        case history::Kind::Time:
        case history::Kind::Flag: return reports::Type::Name::Text;
    }
    return reports::Type::Name::Text;
}

void print(const reports::BookAsOf& book, bool all) {
    const auto& columns = history::columns_of<history::OrderRow>();
    std::string line;
    for (const history::Column& column : columns) line.append(line.empty() ? "" : ",").append(column.name);
    std::printf("%s\r\n", line.c_str());
    std::string cell;
    for (const auto& [id, row] : book.orders()) {
        if (!all && !reports::BookAsOf::is_open(row)) continue;
        line.clear();
        for (const history::Column& column : columns) {
            if (&column != &columns.front()) line += ',';
            cell.clear();
            column.write(cell, row);
            reports::append_csv(line, cell, type_of(column.kind));
        }
        std::fwrite(line.data(), 1, line.size(), stdout);
        std::fputs("\r\n", stdout);
    }
}

}  // namespace

int audit_book(const AuditBookOptions& options) {
    const auto at = history::parse_moment(options.at);
    if (!at) return cannot("--at " + options.at + " is no moment; write 2026-11-27T14:03:07.123456Z");
    const auto where = find(options.where);
    if (!where) return kExitCannot;
    const auto records = records_of(*where);
    if (const auto problem = records->open()) return cannot(*problem);
    history::OrderEvents events(records->space());
    reports::BookAsOf book;
    Seq last;
    bool is_over = false;
    const auto problem = records->read([&](const oms::Record& record) {
        is_over = record.input.time > *at;
        if (is_over) return false;
        events.fold(record, book);
        last = record.input.seq;
        return true;
    });
    if (problem) return cannot(why_not_whole(*where).value_or(*problem));
    print(book, options.all);
    std::fprintf(stderr, "as of %s: after record %llu%s\n", options.at.c_str(),
                 static_cast<unsigned long long>(last.value), is_over ? "" : ", the newest there is");
    return std::fflush(stdout) == 0 ? kExitDone : cannot("stdout takes no more");
}

}  // namespace penstock::apps
