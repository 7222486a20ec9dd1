#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "persistence/journal/segment_journal.hpp"
#include "tests/persistence/journal/random_record.hpp"

namespace penstock::persistence {

enum class Where : std::uint8_t {
    Disk,
    Memory,  // if the machine has /dev/shm, else on disk
};

/// A directory that is gone after the test.
class TemporaryDirectory {
  public:
    explicit TemporaryDirectory(Where where = Where::Disk);
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// Small segments, no self-test, and a watermark that only moves at the start and at close.
JournalSettings quiet_settings(const std::filesystem::path& directory, Durability durability);

/// What a start finds.
struct Start {
    std::unique_ptr<SegmentJournal> journal;  // none when it was refused
    JournalError error;                       // of open or of recover
    Recovery recovery;
    std::vector<std::string> payloads;  // the records, encoded
};
Start start(const JournalSettings& settings);

/// Appends records seq..seq+count-1 of the given random stream, with a flush after every `batch`.
/// Returns them encoded.
std::vector<std::string> append_random(SegmentJournal& journal, Random& random, std::size_t count,
                                       std::size_t batch);
/// Flushes until everything appended is durable.
void flush_all(SegmentJournal& journal);

void copy_directory(const std::filesystem::path& from, const std::filesystem::path& to);
std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, const std::string& bytes);

}  // namespace penstock::persistence
