#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace penstock::bench {

/// The cheapest durable record there is: one preallocated and prewritten file, written round and round,
/// one pwrite and one fdatasync for everything collected since the last commit.
class SyncFile {
  public:
    /// Writes the whole file once, so that later commits change no metadata.
    explicit SyncFile(const std::filesystem::path& file);
    ~SyncFile();
    SyncFile(const SyncFile&) = delete;
    SyncFile& operator=(const SyncFile&) = delete;

    bool is_open() const { return fd_ >= 0; }
    void add(std::string_view record);
    /// Ends the process when the disk fails: nothing may be forwarded then.
    void commit();
    std::uint64_t records() const { return records_; }

  private:
    int fd_;
    std::int64_t at_ = 0;
    std::uint64_t records_ = 0;
    std::vector<char> batch_;
};

}  // namespace penstock::bench
