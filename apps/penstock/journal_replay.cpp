#include "apps/penstock/journal_replay.hpp"

#include <cstdio>

#include "apps/penstock/book_text.hpp"
#include "apps/penstock/command.hpp"
#include "apps/penstock/moment.hpp"
#include "apps/runtime/progress.hpp"
#include "apps/runtime/snapshots.hpp"
#include "apps/runtime/system_clock.hpp"
#include "oms/domain/print.hpp"
#include "oms/engine/replay.hpp"

namespace penstock::apps {
namespace {

/// A look at the core alone: what FIX sessions must know is not of interest.
class NoLearner final : public oms::Learner {
  public:
    void learn(const oms::Input&, std::span<const oms::WireNumber>) override {}
    void save(oms::ByteSink&) const override {}
    bool load(std::string_view) override { return true; }
    void forget() override {}
};

void say(std::string_view line) {
    std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
}

void print(const ReplayOptions& options, const oms::Core& core, Seq reached, Timestamp time) {
    const std::string at =
        std::to_string(reached.value) + (reached.is_none() ? "" : " at " + oms::to_text(time));
    // The book alone on stdout, so that it can be read by a program.
    std::fprintf(options.json ? stderr : stdout, "record %s, state hash %016llx, %llu orders open\n",
                 at.c_str(), static_cast<unsigned long long>(core.state_hash()),
                 static_cast<unsigned long long>(open_orders(core.world())));
    std::string text;
    if (options.print == "orders") text = open_orders_text(core.world(), options.json);
    if (options.print == "positions") text = positions_text(core.world(), options.json);
    if (options.print == "state") text = state_text(core.world());
    std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace

int journal_replay(const ReplayOptions& options) {
    const auto to = parse_up_to(options.to);
    if (!to) return cannot("--to takes the seq of a record, or a moment such as 2026-11-21T09:30:00.5Z");
    const auto where = find(options.where);
    if (!where) return kExitCannot;
    persistence::JournalReader reader;
    if (const auto error = reader.open(where->journal)) return cannot(error->text);
    oms::Core core(kNoCapacityYet);
    NoLearner learner;
    std::optional<ReadOn> begin;
    Seq reached;
    Timestamp time;
    if (!options.whole && !where->state.empty())
        begin = restore_newest(
            persistence::SnapshotStore(where->state / "snapshots"), {where->journal, reader.identity().uuid},
            {core, learner}, Damaged::IsLeft, say, [&](const persistence::JournalPlace& place) {
                return to->includes(place.last_seq, Timestamp{place.last_time_ns});
            });
    if (begin) {
        reached = Seq{begin->place.last_seq};
        time = Timestamp{begin->place.last_time_ns};
    }
    SystemClock clock;
    Progress progress(
        std::min(to->seq.value_or(reader.last().value), reader.last().value) - reached.value,
        [&] { return clock.now(); }, say, "replaying");
    persistence::OffsetIndex index;
    if (begin) index = std::move(begin->index);
    oms::Outbox scratch;
    std::optional<std::string> difference;
    bool is_there = false;
    const auto error = reader.read(begin ? &begin->place : nullptr, index, [&](const oms::Record& record) {
        is_there = !to->includes(record.input.seq.value, record.input.time);
        if (is_there) return false;
        difference = oms::replay(core, record, scratch);
        reached = record.input.seq;
        time = record.input.time;
        progress.advance();
        return !difference;
    });
    if (difference) {
        std::fprintf(stderr, "penstock: %s\n", difference->c_str());
        return kExitNo;
    }
    if (error && !is_there) return cannot(error->text);
    if (to->seq && *to->seq > reached.value)
        say("the journal ends at record " + std::to_string(reached.value) + ", as far as it is on the disk");
    print(options, core, reached, time);
    return kExitDone;
}

}  // namespace penstock::apps
