#include "apps/penstock/projection_run.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include "apps/penstock/command.hpp"
#include "apps/penstock/where.hpp"
#include "apps/runtime/system_clock.hpp"
#include "persistence/history/columns.hpp"
#include "persistence/journal/disk.hpp"
#include "persistence/projection/projector.hpp"

namespace penstock::apps {
namespace {

using projection::Outcome;
using projection::Place;
using projection::Projector;
using projection::StoreProblem;

constexpr int kPollJournal_ms = 50;  // the watermark of the journal moves ten times a second
constexpr int kFirstPause_ms = 100;
constexpr int kLongestPause_ms = 10'000;

volatile std::sig_atomic_t g_is_over = 0;

void end_on_signals() {
    struct sigaction action {};
    action.sa_handler = [](int) { g_is_over = 1; };
    for (const int signal : {SIGTERM, SIGINT}) ::sigaction(signal, &action, nullptr);
}

/// A signal ends it early.
void pause(int milliseconds) { static_cast<void>(::poll(nullptr, 0, milliseconds)); }

void say(std::string_view line) {
    std::string time;
    history::append(time, SystemClock().now());
    std::fprintf(stderr, "%s %.*s\n", time.c_str(), static_cast<int>(line.size()), line.data());
}

/// The penstockd of the configuration, and its projection; nothing: it has said why.
std::optional<Where> find_projection(const std::string& config) {
    auto where = find({config, {}, {}});
    if (where && !where->config->projection.is_on()) {
        cannot("no projection is configured: [projection] needs sqlite or postgres");
        return std::nullopt;
    }
    return where;
}

/// One process at a time; the file stays.
std::optional<std::string> lock(const Where& where, const char* name, persistence::Fd& fd) {
    const auto folder = where.state / "projection";
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (const int error = persistence::open_file(folder / name, O_RDWR | O_CREAT, fd))
        return (folder / name).string() + ": " + persistence::errno_text(error);
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) == 0) return std::nullopt;
    return "another process does that for " + where.state.string() + " already";
}

Projector projector_of(const Where& where, projection::Store& store) {
    return Projector({where.journal, store, projection::MemoryStore(where.state / "projection"), {}, say, [] {
                          return g_is_over != 0;
                      }});
}

/// What `run` does until it is told to end: connects, goes on, waits; and again after every problem.
class Running {
  public:
    Running(const Where& where, projection::Store& store)
        : store_(store), projector_(projector_of(where, store)) {}

    int until_over() {
        while (g_is_over == 0) {
            const Outcome problem = is_begun_ ? go_on() : begin();
            if (!problem || g_is_over != 0) continue;
            if (problem->kind == StoreProblem::Kind::Refused) {
                cannot(problem->text);
                return kExitNo;
            }
            is_begun_ = false;
            // The same words again and again help nobody.
            if (problem->text != told_) say("the tables stand still: " + problem->text);
            told_ = problem->text;
            pause(pause_ms_);
            pause_ms_ = std::min(2 * pause_ms_, kLongestPause_ms);
        }
        projector_.keep_memory();
        say("ended; the tables have the records up to " + std::to_string(projector_.last().value));
        return kExitDone;
    }

  private:
    Outcome begin() {
        if (auto problem = store_.open(SystemClock().now())) return problem;
        if (auto problem = projector_.begin()) return problem;
        is_begun_ = true;
        is_behind_ = true;
        say("the tables have the records up to " + std::to_string(projector_.last().value));
        return std::nullopt;
    }
    Outcome go_on() {
        std::uint64_t records = 0;
        if (auto problem = projector_.advance(records)) return problem;
        pause_ms_ = kFirstPause_ms;
        told_.clear();
        if (records > 0) return std::nullopt;
        if (is_behind_)
            say("the tables are where the journal is: record " + std::to_string(projector_.last().value));
        is_behind_ = false;
        pause(kPollJournal_ms);
        return std::nullopt;
    }

    projection::Store& store_;
    Projector projector_;
    bool is_begun_ = false;
    bool is_behind_ = true;
    int pause_ms_ = kFirstPause_ms;
    std::string told_;
};

/// "500000 of 3000000 records, 41000 a second, 61 s left"
class Telling {
  public:
    void look(const Projector& projector) {
        const Timestamp now = clock_.now();
        if (now.ns - told_.ns < kInterval_ns) return;
        told_ = now;
        const std::uint64_t done = projector.last().value;
        const std::uint64_t all = std::max(projector.journal_last().value, done);
        const auto passed_ms = static_cast<std::uint64_t>((now.ns - begun_.ns) / 1'000'000);
        const std::uint64_t rate = done * 1000 / std::max<std::uint64_t>(passed_ms, 1);
        say("rebuilding: " + std::to_string(done) + " of " + std::to_string(all) + " records, " +
            std::to_string(rate) + " a second, " +
            std::to_string((all - done) / std::max<std::uint64_t>(rate, 1)) + " s left");
    }

  private:
    static constexpr std::int64_t kInterval_ns = 2'000'000'000;
    SystemClock clock_;
    Timestamp begun_ = clock_.now();
    Timestamp told_ = begun_;
};

int ends_with(const StoreProblem& problem) {
    cannot(problem.text);
    return problem.kind == StoreProblem::Kind::Refused ? kExitNo : kExitCannot;
}

/// The time of the record after `last`, from the nearest place a projector has kept. None: there is none.
Timestamp time_after(const Where& where, Seq last, Seq newest) {
    persistence::JournalReader reader;
    if (reader.open(where.journal) || newest <= last) return {};
    const oms::IdSpace space{reader.identity().instance, oms::epoch_of(reader.identity().created)};
    std::vector<std::string> ignored;
    const projection::MemoryStore store(where.state / "projection");
    auto memory = store.newest(space, reader.identity().uuid, last, ignored);
    persistence::OffsetIndex index;
    if (memory) index = std::move(memory->index);
    reader.end_after(Seq{last.value + 1});
    Timestamp time;
    static_cast<void>(reader.read(memory ? &memory->place : nullptr, index, [&](const oms::Record& record) {
        time = record.input.time;
        return true;
    }));
    return time;
}

}  // namespace

int projection_run(const std::string& config) {
    const auto where = find_projection(config);
    if (!where) return kExitCannot;
    persistence::Fd fd;
    if (const auto why = lock(*where, "RUN", fd)) return cannot(*why);
    end_on_signals();
    const auto store = projection::make_store(where->config->projection, Place::InUse);
    return Running(*where, *store).until_over();
}

int projection_rebuild(const std::string& config) {
    const auto where = find_projection(config);
    if (!where) return kExitCannot;
    persistence::Fd fd;
    if (const auto why = lock(*where, "REBUILD", fd)) return cannot(*why);
    end_on_signals();
    const auto store = projection::make_store(where->config->projection, Place::Aside);
    if (const auto problem = store->open(SystemClock().now())) return ends_with(*problem);
    Projector projector = projector_of(*where, *store);
    if (const auto problem = projector.begin()) return ends_with(*problem);
    Telling telling;
    for (std::uint64_t records = 1; records > 0;) {
        if (const auto problem = projector.advance(records)) return ends_with(*problem);
        if (g_is_over != 0) return cannot("told to end; the tables in use are as they were");
        telling.look(projector);
    }
    projector.keep_memory();
    say("putting them in the place of those in use");
    if (const auto problem = store->publish()) return ends_with(*problem);
    say("rebuilt: " + std::to_string(projector.last().value) + " records, " +
        std::to_string(projector.rows()) + " rows");
    return kExitDone;
}

int projection_status(const std::string& config) {
    const auto where = find_projection(config);
    if (!where) return kExitCannot;
    const auto store = projection::make_store(where->config->projection, Place::InUse);
    projection::Mark mark;
    if (const auto problem = store->look(mark)) return ends_with(*problem);
    persistence::JournalReader reader;
    if (const auto error = reader.open(where->journal)) return cannot(error->text);
    const Seq newest = std::max(reader.last(), mark.seq);
    const Timestamp waiting = time_after(*where, mark.seq, newest);
    const std::int64_t lag_ms =
        waiting.is_none() ? 0 : std::max<std::int64_t>(0, (SystemClock().now().ns - waiting.ns) / 1'000'000);
    std::printf(
        "projection: record %llu of %llu\nlag: %llu records, %lld.%03lld s\n",
        static_cast<unsigned long long>(mark.seq.value), static_cast<unsigned long long>(newest.value),
        static_cast<unsigned long long>(newest.value - mark.seq.value), static_cast<long long>(lag_ms / 1000),
        static_cast<long long>(lag_ms % 1000));
    return kExitDone;
}

}  // namespace penstock::apps
