#include "apps/runtime/journal_check.hpp"

#include "persistence/journal/background.hpp"
#include "persistence/journal/reader.hpp"

namespace penstock::apps {
namespace {

using Clock = std::chrono::steady_clock;

// As the audit does: a core that is shared is given back after this long, for as long.
constexpr std::chrono::microseconds kAwake{100};
constexpr std::chrono::microseconds kNap{100};
// A segment that is archived while it is read is missing where it was. Then all is read once more.
constexpr int kTries = 3;

}  // namespace

void JournalCheck::start() {
    thread_ = std::thread([this] {
        persistence::give_way(persistence::Share::Least);
        std::optional<std::string> damage = check();
        for (int tries = 1; damage && tries < kTries && !is_stopping_; ++tries) damage = check();
        if (is_stopping_) return;
        set(damage.value_or("sound"));
        if (damage) found_("the journal is DAMAGED: " + *damage + "; see docs/runbooks/journal_damaged.md");
    });
}

void JournalCheck::stop() {
    is_stopping_ = true;
    if (thread_.joinable()) thread_.join();
}

std::string JournalCheck::result() const {
    const std::lock_guard lock(mutex_);
    return result_;
}

void JournalCheck::set(std::string result) {
    const std::lock_guard lock(mutex_);
    result_ = std::move(result);
}

std::optional<std::string> JournalCheck::check() {
    persistence::JournalSettings journal = places_.journal;
    journal.more = open_archive(places_.storage.archive, [](std::string_view) {});
    persistence::JournalReader reader;
    if (const auto error = reader.open(journal)) return error->text;
    awake_since_ = Clock::now();
    const auto done = reader.check(
        persistence::JournalReader::Beside::AWriter, [this](const oms::Record&) { return goes_on(); });
    if (done.error && !is_stopping_) return done.error->text;
    return std::nullopt;
}

bool JournalCheck::goes_on() {
    if (Clock::now() - awake_since_ < kAwake) return !is_stopping_;
    std::this_thread::sleep_for(kNap);
    awake_since_ = Clock::now();
    return !is_stopping_;
}

}  // namespace penstock::apps
