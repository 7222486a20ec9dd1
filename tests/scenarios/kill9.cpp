#include "tests/scenarios/kill9.hpp"

#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "tests/scenarios/doomed_process.hpp"
#include "tests/scenarios/durable_system.hpp"
#include "tests/scenarios/scenario.hpp"

namespace penstock::scenarios {
namespace {

/// What the counterparties hold: every message of a session once, in order, before and after the kill.
class Counterparties {
  public:
    /// What is wrong with the numbers of what arrives, or nothing.
    std::string receive(const oms::Record& record) {
        for (const oms::WireNumber& number : record.numbers) {
            std::uint32_t& last = last_[number.session.value];
            if (number.msg_seq_num != last + 1)
                return "session " + std::to_string(number.session.value) + " was sent number " +
                       std::to_string(number.msg_seq_num) + " after " + std::to_string(last);
            last = number.msg_seq_num;
        }
        return {};
    }

  private:
    std::map<std::uint32_t, std::uint32_t> last_;  // by session
};

/// Up to the kill: what the process that died had sent. From there on: a process that recovered from its
/// journal. Beside it runs a core that nobody kills, and both are compared at every step.
class KilledSystem final : public System {
  public:
    KilledSystem(const oms::Capacity& capacity, const std::filesystem::path& folder, const Kill& kill,
                 std::vector<oms::Record> sent)
        : capacity_(capacity), folder_(folder), kill_(kill), sent_(std::move(sent)), undisturbed_(capacity) {}

    std::vector<oms::Output> step(const oms::InputBody& body, Timestamp now) override;
    const oms::Core& core() const override { return recovered_ ? recovered_->core() : undisturbed_.core(); }
    std::string replay_difference() override;

  private:
    void die_and_recover(std::size_t before, std::uint64_t hash_before);
    void arrive(const oms::Record& record);
    void arrive_released();
    void check(bool holds, const std::string& problem) const;

    oms::Capacity capacity_;
    std::filesystem::path folder_;
    Kill kill_;
    std::vector<oms::Record> sent_;  // by the process that died
    PlainSystem undisturbed_;
    std::unique_ptr<DurableSystem> recovered_;
    std::vector<oms::Record> released_;  // by the recovered process, in this step
    Counterparties counterparties_;
    std::size_t arrived_ = 0;  // records, by number
};

void KilledSystem::check(bool holds, const std::string& problem) const {
    if (!holds) throw Failure("step " + std::to_string(undisturbed_.steps()) + ": " + problem);
}

void KilledSystem::arrive(const oms::Record& record) {
    const std::vector<oms::Record>& expected = undisturbed_.records();
    check(record.input.seq.value == arrived_ + 1 && arrived_ < expected.size(),
          "the outputs of another step arrived");
    check(record.outputs == expected[arrived_].outputs,
          "other outputs arrived than of a system that nobody killed");
    const std::string wrong = counterparties_.receive(record);
    check(wrong.empty(), wrong);
    ++arrived_;
}

/// What the recovered process has released since it was last looked at: everything there is.
void KilledSystem::arrive_released() {
    for (const oms::Record& record : released_) arrive(record);
    released_.clear();
    check(arrived_ == undisturbed_.records().size(), "the step was not released at the end of its turn");
    check(recovered_->core().state_hash() == undisturbed_.core().state_hash(), "another state hash");
}

std::vector<oms::Output> KilledSystem::step(const oms::InputBody& body, Timestamp now) {
    const std::size_t step = undisturbed_.steps() + 1;
    const std::size_t before = undisturbed_.records().size();
    const std::uint64_t hash_before = step == kill_.step ? undisturbed_.core().state_hash() : 0;
    std::vector<oms::Output> outputs = undisturbed_.step(body, now);
    if (step < kill_.step) {
        check(sent_.size() >= undisturbed_.records().size(),
              "the process had not sent this before it was killed");
        while (arrived_ < undisturbed_.records().size()) arrive(sent_[arrived_]);
        return outputs;
    }
    if (step == kill_.step) die_and_recover(before, hash_before);
    if (step > kill_.step || kill_.moment == Moment::BeforeFlush) recovered_->accept(body, now);
    recovered_->end_turn(now);
    arrive_released();
    return outputs;
}

/// The step at which the process died: the undisturbed core has taken it, the journal may have it. A step
/// that left work undone has several records, each durable before the next one is begun.
void KilledSystem::die_and_recover(std::size_t before, std::uint64_t hash_before) {
    const bool has_left = kill_.moment == Moment::AfterRelease;
    const std::size_t whole = undisturbed_.records().size();
    const std::size_t durable = kill_.moment == Moment::BeforeFlush ? before : has_left ? whole : before + 1;
    check(sent_.size() == (has_left ? whole : before),
          "the killed process had sent the outputs of " + std::to_string(sent_.size()) + " records");

    recovered_ = std::make_unique<DurableSystem>(capacity_, folder_);
    recovered_->wire().leaves = [this](const oms::Record& record) { released_.push_back(record); };
    std::vector<oms::Record> kept;
    const std::string wrong = recovered_->recover([&](const oms::Record& record) { kept.push_back(record); });
    check(wrong.empty(), wrong);
    check(kept.size() == durable, "the journal has " + std::to_string(kept.size()) + " records");
    const std::uint64_t hash = recovered_->core().state_hash();
    if (durable == before) check(hash == hash_before, "the recovered state has another hash");
    if (durable == whole)
        check(hash == undisturbed_.core().state_hash(), "the recovered state has another hash");
    // What never left is asked for by its number, and comes from the journal.
    while (arrived_ < durable) arrive(has_left ? sent_[arrived_] : kept[arrived_]);
}

std::string KilledSystem::replay_difference() {
    if (!recovered_) return "the scenario ended before the kill";
    recovered_->close();
    DurableSystem again(capacity_, folder_);
    std::size_t records = 0;
    std::string wrong = again.recover([&](const oms::Record&) { ++records; });
    if (!wrong.empty()) return wrong;
    if (records != undisturbed_.records().size()) return "the journal does not hold every step once";
    if (again.core().state_hash() != undisturbed_.core().state_hash())
        return "same outputs, but another state hash";
    return {};
}

/// Counts the steps of a scenario. That they replay is what scenarios_test.cpp asks of it.
class CountedSystem final : public System {
  public:
    explicit CountedSystem(const oms::Capacity& capacity) : system_(capacity) {}
    std::vector<oms::Output> step(const oms::InputBody& body, Timestamp now) override {
        return system_.step(body, now);
    }
    const oms::Core& core() const override { return system_.core(); }
    std::string replay_difference() override { return {}; }
    std::size_t steps() const { return system_.steps(); }

  private:
    PlainSystem system_;
};

/// In memory where the machine allows it: a kill does not care.
class JournalFolder {
  public:
    JournalFolder() {
        const bool in_memory = ::access("/dev/shm", W_OK) == 0;
        const auto parent =
            in_memory ? std::filesystem::path("/dev/shm") : std::filesystem::temp_directory_path();
        std::string pattern = (parent / "penstock-kill9-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw Failure(pattern + ": cannot be made");
        path_ = pattern;
    }
    ~JournalFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    JournalFolder(const JournalFolder&) = delete;
    JournalFolder& operator=(const JournalFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace

std::string name_of(Moment moment) {
    switch (moment) {
        case Moment::BeforeFlush: return "before the flush";
        case Moment::BeforeRelease: return "after the flush, before the release";
        case Moment::AfterRelease: return "after the release";
    }
    return {};
}

std::optional<std::string> play_killed(const std::vector<Line>& world, const std::vector<Line>& lines,
                                       const Kill& kill) {
    const std::string where =
        "killed " + name_of(kill.moment) + " of step " + std::to_string(kill.step) + ": ";
    try {
        const JournalFolder folder;
        const oms::Capacity capacity = capacity_of(lines);
        auto sent = run_doomed(world, lines, folder.path(), kill);
        KilledSystem system(capacity, folder.path(), kill, std::move(sent));
        auto failure = play(world, lines, system);
        if (failure) return where + *failure;
        return std::nullopt;
    } catch (const Failure& failure) {
        return where + failure.what();
    }
}

Steps count_steps(const std::vector<Line>& world, const std::vector<Line>& lines) {
    CountedSystem empty(capacity_of(lines));
    CountedSystem whole(capacity_of(lines));
    if (const auto failure = play(world, {}, empty)) throw Failure(*failure);
    if (const auto failure = play(world, lines, whole)) throw Failure(*failure);
    return {empty.steps(), whole.steps() - empty.steps()};
}

}  // namespace penstock::scenarios
