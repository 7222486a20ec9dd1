#include "apps/runtime/journal_check.hpp"

#include <filesystem>
#include <utility>

#include "persistence/journal/reader.hpp"
#include "persistence/journal/segment_names.hpp"

namespace penstock::apps {
void JournalCheck::start() {
    thread_ = std::thread([this] { run(); });
}

void JournalCheck::stop() {
    is_stopping_ = true;
    if (thread_.joinable()) thread_.join();
}

std::string JournalCheck::result() const {
    const std::lock_guard lock(mutex_);
    return result_;
}

void JournalCheck::run() {
    persistence::give_way(persistence::Share::Least);
    // A segment that is archived while it is read is missing where it was. What is found twice in the same
    // place is so; else something moved, and what is there now is read.
    auto error = check();
    for (bool is_twice = false; error && !is_twice && !is_stopping_;) {
        const auto before = std::exchange(error, check());
        is_twice = error && error->text == before->text;
    }
    if (is_stopping_) return;
    {
        const std::lock_guard lock(mutex_);
        result_ = error ? error->text : "sound";
    }
    if (!error) return;
    const bool is_damaged = error->fault == Fault::Corrupt;
    found_((is_damaged ? "the journal is DAMAGED: " : "the journal before the snapshot was not checked: ") +
           error->text + (is_damaged ? "; see docs/runbooks/journal_damaged.md" : ""));
}

std::optional<persistence::JournalError> JournalCheck::check() {
    const std::filesystem::path& folder = journal_.directory;
    const auto segments = persistence::segments_in(folder);
    persistence::JournalReader reader;
    if (auto error = reader.open(journal_)) return error;
    if (segments.empty())
        return persistence::JournalError{
            Fault::IoError, folder.string(), 0, folder.string() + ": its segments cannot be listed"};
    if (segments.front() > until_.value) return std::nullopt;
    const auto begin = reader.segment_start(Seq{segments.front()});
    const std::string first = (folder / persistence::segment_name(segments.front())).string();
    if (!begin) return persistence::JournalError{Fault::Corrupt, first, 0, first + ": its header is damaged"};
    naps_.begin();
    auto error = reader.read_stored(&*begin, [this](const persistence::RecordAt&, const oms::Record& record) {
        naps_.take();
        return !is_stopping_ && record.input.seq < until_;
    });
    return error && error->fault != Fault::Closed ? std::move(error) : std::nullopt;
}

}  // namespace penstock::apps
