#include "apps/penstock/journal_diff.hpp"

#include <cstdio>

#include "apps/penstock/command.hpp"
#include "apps/penstock/record_text.hpp"
#include "apps/penstock/where.hpp"
#include "oms/domain/print.hpp"
#include "persistence/journal/cursor.hpp"
#include "persistence/journal/wire.hpp"

namespace penstock::apps {
namespace {

struct Side {
    Where where;
    persistence::JournalReader reader;
};

std::optional<Side> open(const std::string& directory) {
    auto where = find({"", directory, ""});
    if (!where) return std::nullopt;
    Side side{std::move(*where), {}};
    if (const auto error = side.reader.open(side.where.journal)) {
        cannot(error->text);
        return std::nullopt;
    }
    return side;
}

/// Lines "path: left | right" of what differs between two records.
void show(const oms::Record& left, const oms::Record& right) {
    const auto a = record_fields(left);
    const auto b = record_fields(right);
    auto i = a.begin();
    auto k = b.begin();
    while (i != a.end() || k != b.end()) {
        const bool take_left = k == b.end() || (i != a.end() && i->first <= k->first);
        const bool take_right = i == a.end() || (k != b.end() && k->first <= i->first);
        const std::string& name = take_left ? i->first : k->first;
        const std::string was = take_left ? i->second : "(absent)";
        const std::string is = take_right ? k->second : "(absent)";
        if (was != is)
            std::printf("  %s\n    left  %s\n    right %s\n", name.c_str(), was.c_str(), is.c_str());
        if (take_left) ++i;
        if (take_right) ++k;
    }
}

int differs(const persistence::RecordAt& left, const persistence::RecordAt& right) {
    std::printf("record %llu differs\n", static_cast<unsigned long long>(left.header.seq));
    if (left.header.seq != right.header.seq) {
        std::printf("  right begins with record %llu\n", static_cast<unsigned long long>(right.header.seq));
        return kExitNo;
    }
    oms::Record a;
    oms::Record b;
    if (persistence::decode(left.payload, a) != Fault::None ||
        persistence::decode(right.payload, b) != Fault::None)
        return cannot("it does not decode: see journal verify");
    show(a, b);
    return kExitNo;
}

}  // namespace

int journal_diff(const DiffOptions& options) {
    const auto left = open(options.left);
    const auto right = left ? open(options.right) : std::nullopt;
    if (!right) return kExitCannot;
    persistence::RecordCursor a(left->where.journal, left->reader);
    persistence::RecordCursor b(right->where.journal, right->reader);
    std::uint64_t equal = 0;
    while (true) {
        const bool has_left = a.next();
        const bool has_right = b.next();
        if (a.error()) return cannot(options.left + ": " + *a.error());
        if (b.error()) return cannot(options.right + ": " + *b.error());
        if (!has_left || !has_right) {
            const char* longer = has_left ? "; left has more" : has_right ? "; right has more" : "";
            std::printf("%llu records, all equal%s\n", static_cast<unsigned long long>(equal), longer);
            return kExitDone;
        }
        const bool is_equal =
            a.record().header.seq == b.record().header.seq && a.record().payload == b.record().payload;
        if (!is_equal) return differs(a.record(), b.record());
        ++equal;
    }
}

}  // namespace penstock::apps
