#include "apps/penstock/journal_inspect.hpp"

#include <algorithm>
#include <cstdio>

#include "apps/penstock/command.hpp"
#include "apps/penstock/record_text.hpp"
#include "persistence/journal/in_use.hpp"
#include "persistence/journal/reader.hpp"
#include "persistence/journal/verdict.hpp"

namespace penstock::apps {
namespace {

/// A filter that nothing passes is more often wrong than right.
int tell_of_nothing(const InspectOptions& options, std::uint64_t first, std::uint64_t last) {
    std::string what = "no record";
    if (!options.order.empty())
        what += " is about order " + options.order + " (OrderID(37) as we give it, or a ClOrdID(11))";
    if (last == 0)
        what += "; the journal has none yet";
    else
        what += "; there are records " + std::to_string(first) + " to " + std::to_string(last);
    if (options.from > first || options.to < last)
        what += ", asked for are those from " + std::to_string(options.from) +
                (options.to < last ? " to " + std::to_string(options.to) : " on");
    std::fprintf(stderr, "penstock: %s\n", what.c_str());
    return kExitNo;
}

}  // namespace

int journal_inspect(const InspectOptions& options) {
    const auto where = find(options.where);
    if (!where) return kExitCannot;
    persistence::JournalReader reader;
    if (const auto error = reader.open(where->journal))
        return cannot(std::string(persistence::heading_of(*error)) + " " + error->text);
    AboutOrder about(options.order);
    using Beside = persistence::JournalReader::Beside;
    const Beside beside = persistence::is_in_use(where->journal.directory) ? Beside::AWriter : Beside::Nobody;
    bool has_all = false;
    bool has_shown = false;
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    const auto done = reader.check(beside, [&](const oms::Record& record) {
        last = record.input.seq.value;
        if (first == 0) first = last;
        has_all = last > options.to;
        if (has_all) return false;
        // Every record is looked at: the children of an order are known only from those before.
        const bool is_about = options.order.empty() || about.concerns(record);
        if (last < options.from || !is_about) return true;
        has_shown = true;
        const std::string text = options.json ? record_json(record) + "\n" : record_text(record);
        std::fwrite(text.data(), 1, text.size(), stdout);
        return std::ferror(stdout) == 0;
    });
    if (std::fflush(stdout) != 0) return cannot("stdout takes no more");
    if (done.error && !has_all) {
        std::fprintf(stderr, "penstock: %s %s\n", persistence::heading_of(*done.error).data(),
                     done.error->text.c_str());
        return done.error->fault == Fault::Corrupt ? kExitNo : kExitCannot;
    }
    return has_shown ? kExitDone : tell_of_nothing(options, first, std::max(last, reader.last().value));
}

}  // namespace penstock::apps
