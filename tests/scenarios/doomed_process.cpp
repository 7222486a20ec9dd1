#include "tests/scenarios/doomed_process.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "persistence/journal/wire.hpp"
#include "tests/scenarios/durable_system.hpp"
#include "tests/scenarios/scenario.hpp"

namespace penstock::scenarios {
namespace {

using Length = std::uint32_t;
constexpr int kEndedByItself = 3;

[[noreturn]] void die() {
    ::kill(::getpid(), SIGKILL);
    ::_exit(kEndedByItself);  // not reached: nobody survives the line above
}

/// One write a record: the pipe holds all that a scenario sends, and a kill cuts none in two.
void send(int pipe, const oms::Record& record) {
    const oms::RecordView view{
        record.input, record.outputs, record.numbers, record.raw, record.sent, record.session_sent};
    std::vector<char> bytes(sizeof(Length) + persistence::encoded_bound(view));
    const char* end = persistence::encode(view, bytes.data() + sizeof(Length));
    const auto length = static_cast<Length>(end - bytes.data() - sizeof(Length));
    std::memcpy(bytes.data(), &length, sizeof length);
    const std::size_t size = sizeof length + length;
    for (std::size_t done = 0; done < size;) {
        const ssize_t wrote = ::write(pipe, bytes.data() + done, size - done);
        if (wrote < 0) ::_exit(kEndedByItself);
        done += static_cast<std::size_t>(wrote);
    }
}

/// Why this process was not killed.
void send_words(int pipe, const std::string& words) {
    oms::Record record;
    record.raw = words;
    send(pipe, record);
}

/// The system in the process that will die.
class DoomedSystem final : public System {
  public:
    DoomedSystem(const oms::Capacity& capacity, const std::filesystem::path& folder, const Kill& kill,
                 int pipe)
        : durable_(capacity, folder), kill_(kill) {
        durable_.wire().leaves = [this, pipe](const oms::Record& record) {
            die_at(Moment::BeforeRelease);
            send(pipe, record);
            outputs_.insert(outputs_.end(), record.outputs.begin(), record.outputs.end());
        };
        const std::string wrong = durable_.recover([](const oms::Record&) {});
        if (!wrong.empty()) throw Failure(wrong);
    }

    std::vector<oms::Output> step(const oms::InputBody& body, Timestamp now) override {
        ++step_;
        outputs_.clear();
        durable_.accept(body, now);
        die_at(Moment::BeforeFlush);
        durable_.end_turn(now);
        die_at(Moment::AfterRelease);
        return outputs_;
    }
    const oms::Core& core() const override { return durable_.core(); }
    std::string replay_difference() override { return "the scenario ended before the kill"; }

  private:
    void die_at(Moment moment) const {
        if (step_ == kill_.step && moment == kill_.moment) die();
    }

    DurableSystem durable_;
    Kill kill_;
    std::size_t step_ = 0;
    std::vector<oms::Output> outputs_;  // of this step, as they left
};

std::string read_to_end(int pipe) {
    std::string bytes;
    char piece[16'384];
    for (;;) {
        const ssize_t got = ::read(pipe, piece, sizeof piece);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return bytes;
        bytes.append(piece, static_cast<std::size_t>(got));
    }
}

std::vector<oms::Record> decoded(std::string_view bytes) {
    std::vector<oms::Record> records;
    while (!bytes.empty()) {
        Length length = 0;
        if (bytes.size() < sizeof length) throw Failure("half a record was sent");
        std::memcpy(&length, bytes.data(), sizeof length);
        bytes.remove_prefix(sizeof length);
        const bool is_whole = bytes.size() >= length;
        if (!is_whole || persistence::decode(bytes.substr(0, length), records.emplace_back()) != Fault::None)
            throw Failure("half a record was sent");
        bytes.remove_prefix(length);
    }
    return records;
}

}  // namespace

std::vector<oms::Record> run_doomed(const std::vector<Line>& world, const std::vector<Line>& lines,
                                    const std::filesystem::path& folder, const Kill& kill) {
    int ends[2];
    if (::pipe(ends) != 0) throw Failure("no pipe can be made");
    const pid_t child = ::fork();
    if (child < 0) throw Failure("no process can be made");
    if (child == 0) {
        ::close(ends[0]);
        try {
            DoomedSystem system(capacity_of(lines), folder, kill, ends[1]);
            const auto failure = play(world, lines, system);
            send_words(ends[1], failure.value_or("the scenario ended before the kill"));
        } catch (const std::exception& failure) {
            send_words(ends[1], failure.what());
        }
        ::_exit(kEndedByItself);
    }
    ::close(ends[1]);
    const std::string bytes = read_to_end(ends[0]);
    ::close(ends[0]);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    std::vector<oms::Record> sent = decoded(bytes);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return sent;
    throw Failure("the process that was to be killed ended by itself\n" +
                  (sent.empty() ? std::string{} : sent.back().raw));
}

}  // namespace penstock::scenarios
