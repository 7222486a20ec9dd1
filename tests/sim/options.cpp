#include "tests/sim/options.hpp"

#include <unistd.h>

#include <charconv>
#include <optional>
#include <string_view>

namespace penstock::sim {
namespace {

std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// "7" or "1..200".
bool read_seeds(std::string_view text, Options& options) {
    const std::size_t dots = text.find("..");
    const auto from = parse_number(text.substr(0, dots));
    const auto to = dots == std::string_view::npos ? from : parse_number(text.substr(dots + 2));
    if (!from || !to || *from > *to) return false;
    options.from = *from;
    options.to = *to;
    return true;
}

bool read_mutation(std::string_view name, Options& options) {
    for (int i = 0; i < kMutations; ++i) {
        options.mutation = static_cast<Mutation>(i);
        if (to_text(options.mutation) == name) return true;
    }
    return false;
}

/// A place of this process's own.
std::filesystem::path journal_below(const std::filesystem::path& directory) {
    return directory / ("penstock-sim-" + std::to_string(::getpid())) / "journal";
}

/// An option that takes a value. False: there is no such option, or the value is wrong.
bool read_valued(std::string_view name, std::string_view value, Options& options) {
    const auto number = parse_number(value);
    constexpr std::uint64_t kLongest = 1'000'000;
    if (name == "--mutation") return read_mutation(value, options);
    if (name == "--directory") options.directory = journal_below(value);
    if (name == "--directory") return !value.empty();
    if (!number || *number > kLongest) return false;
    if (name == "--hours") options.seconds = static_cast<std::int64_t>(*number * 3600);
    if (name == "--seconds") options.seconds = static_cast<std::int64_t>(*number);
    if (name == "--events") options.events = *number;
    return name == "--hours" || name == "--seconds" || name == "--events";
}

/// Memory is the quickest disk, and what lies on it is only looked at between a crash and a start.
std::filesystem::path usual_directory() {
    const std::filesystem::path memory = "/dev/shm";
    std::error_code ignored;
    const auto base =
        std::filesystem::is_directory(memory, ignored) ? memory : std::filesystem::temp_directory_path();
    return journal_below(base);
}

}  // namespace

Options read_options(int argc, const char* const* argv) {
    Options options;
    options.directory = usual_directory();
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--help" || word == "-h") {
            options.wants_help = true;
        } else if (word == "--expect-violation") {
            options.expects_violation = true;
        } else if (word == "--twice") {
            options.plays_twice = true;
        } else if (word == "--trace") {
            options.prints_events = true;
        } else if (word.starts_with("--")) {
            const std::string_view value = i + 1 < argc ? argv[i + 1] : "";
            if (!read_valued(word, value, options))
                options.problem = "'" + std::string(word) + " " + std::string(value) + "' is not understood";
            ++i;
        } else if (!read_seeds(word, options)) {
            options.problem = "'" + std::string(word) + "' is no seed and no range of seeds";
        }
    }
    return options;
}

const char* usage() {
    return R"(usage: ./dev sim [SEED | FROM..TO] [OPTION ...]

Plays whole worlds: the real core, journal, recovery and FIX codecs, with simulated clients, venues, network,
disk and clock, in which everything goes wrong that the seed says. After each event the invariants of
docs/reliability.md are checked. The same seed is the same world, on every machine.

  SEED                  one world
  FROM..TO              these worlds; 1..200 when nothing is said
  --hours H             worlds from FROM on (or SEED, or 1), for so long; Ctrl-C ends it earlier
  --seconds S           the same in seconds
  --mutation NAME       put a fault in on purpose: send-before-journal, durable-too-early,
                        duplicate-fill-counted, released-early, answered-twice, resent-to-venue,
                        fill-not-in-position, acceptance-forgotten, difference-unalarmed
  --expect-violation    succeed at the first violation, and only then
  --twice               play each world twice; both must be the same in every event
  --events N            how many of the last events a failing world tells of (60)
  --trace               print every event of a world
  --directory DIR       below it the journal is put for the recovery to read; removed afterwards
  --help                this text

The result is 0 when no invariant was violated, 1 when one was, 2 when the command line is wrong. The first
violation is told with the world's settings, its last events, and the command that plays it again.
)";
}

}  // namespace penstock::sim
