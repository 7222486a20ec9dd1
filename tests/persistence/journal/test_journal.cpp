#include "tests/persistence/journal/test_journal.hpp"

#include <poll.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <iterator>

namespace penstock::persistence {
namespace fs = std::filesystem;

TemporaryDirectory::TemporaryDirectory(Where where) {
    const bool in_memory = where == Where::Memory && ::access("/dev/shm", W_OK) == 0;
    const fs::path parent = in_memory ? fs::path("/dev/shm") : fs::temp_directory_path();
    std::string pattern = (parent / "penstock-journal-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
}
TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

JournalSettings quiet_settings(const fs::path& directory, Durability durability) {
    JournalSettings settings;
    settings.directory = directory;
    settings.segment_bytes = std::uint64_t{64} << 10U;
    settings.durability = durability;
    settings.sync_method = SyncMethod::Fdatasync;
    settings.watermark_interval = Duration::seconds(3'600);
    return settings;
}

Start start(const JournalSettings& settings) {
    Start made;
    auto opened = SegmentJournal::open(settings);
    made.error = std::move(opened.error);
    if (opened.journal == nullptr) return made;
    made.recovery = opened.journal->recover([&](const oms::Record& record) {
        made.payloads.push_back(encoded(record));
        return true;
    });
    if (made.recovery.error)
        made.error = *made.recovery.error;
    else
        made.journal = std::move(opened.journal);
    return made;
}

std::vector<std::string> append_random(SegmentJournal& journal, Random& random, std::size_t count,
                                       std::size_t batch) {
    std::vector<std::string> appended;
    for (std::size_t i = 1; i <= count; ++i) {
        const oms::Record record = random_record(random, journal.last().value + 1);
        journal.append(view_of(record));
        appended.push_back(encoded(record));
        if (i % batch == 0) journal.flush();
    }
    flush_all(journal);
    return appended;
}

void flush_all(SegmentJournal& journal) {
    journal.wake_when_durable(true);
    while (journal.durable() < journal.last()) {
        journal.flush();
        if (journal.durable() == journal.last()) break;
        pollfd wait{journal.durable_fd(), POLLIN, 0};
        ASSERT_EQ(::poll(&wait, 1, 10'000), 1) << "nothing became durable";
        std::uint64_t count = 0;
        ASSERT_EQ(::read(journal.durable_fd(), &count, sizeof count), static_cast<ssize_t>(sizeof count));
    }
    journal.wake_when_durable(false);
}

void copy_directory(const fs::path& from, const fs::path& to) {
    fs::remove_all(to);
    fs::create_directory(to);
    for (const auto& entry : fs::directory_iterator(from)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with("next-")) fs::copy_file(entry.path(), to / name);
    }
}

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace penstock::persistence
