#include "apps/penstock/journal_inspect.hpp"

#include <cstdio>

#include "apps/penstock/command.hpp"
#include "apps/penstock/record_text.hpp"
#include "persistence/journal/in_use.hpp"
#include "persistence/journal/reader.hpp"

namespace penstock::apps {

int journal_inspect(const InspectOptions& options) {
    const auto where = find(options.where);
    if (!where) return kExitCannot;
    persistence::JournalReader reader;
    if (const auto error = reader.open(where->journal)) return cannot(error->text);
    AboutOrder about(options.order);
    using Beside = persistence::JournalReader::Beside;
    const Beside beside = persistence::is_in_use(where->journal.directory) ? Beside::AWriter : Beside::Nobody;
    bool has_all = false;
    const auto done = reader.check(beside, [&](const oms::Record& record) {
        const std::uint64_t seq = record.input.seq.value;
        has_all = seq > options.to;
        if (has_all) return false;
        // Every record is looked at: the children of an order are known only from those before.
        const bool is_about = options.order.empty() || about.concerns(record);
        if (seq < options.from || !is_about) return true;
        const std::string text = options.json ? record_json(record) + "\n" : record_text(record);
        std::fwrite(text.data(), 1, text.size(), stdout);
        return std::ferror(stdout) == 0;
    });
    if (std::fflush(stdout) != 0) return cannot("stdout takes no more");
    if (!done.error || has_all) return kExitDone;
    std::fprintf(stderr, "penstock: %s\n", done.error->text.c_str());
    return kExitNo;
}

}  // namespace penstock::apps
