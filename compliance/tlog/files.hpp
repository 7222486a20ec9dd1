#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "oms/domain/result.hpp"

namespace penstock::compliance {

/// The few things a tiled log asks of its folder. Paths are relative to it and use '/'. Faults are
/// NotFound, IoError, and Busy from `lock`. A test's door fails or dies at any chosen call.
class Files {
  public:
    virtual ~Files() = default;
    /// At most one writer a folder; held until the object dies. Called again it takes the folder that has the
    /// name now.
    virtual Status lock() = 0;
    /// Whatever is no regular file is an IoError, and never waited for.
    virtual Result<std::string> read(const std::string& path) = 0;
    /// Makes or overwrites a file, with its folders. Bytes and name are durable only after sync().
    virtual Status write(const std::string& path, std::string_view bytes) = 0;
    /// Makes the folders of `to`.
    virtual Status rename(const std::string& from, const std::string& to) = 0;
    /// Removes a file, or a folder that is empty.
    virtual Status remove(const std::string& path) = 0;
    /// Syncs everything written since the last call, and every folder in which a name appeared, changed or
    /// went: many files for little more than the price of one.
    virtual Status sync() = 0;
    /// Names in a folder, sorted; none when there is no such folder.
    virtual Result<std::vector<std::string>> list(const std::string& folder) = 0;
};

/// Takes what is written, and keeps nothing: for a log that is only worked out, or measured without a disk.
class NoFiles final : public Files {
  public:
    Status lock() override { return Fault::None; }
    Result<std::string> read(const std::string&) override { return Fault::NotFound; }
    Status write(const std::string&, std::string_view) override { return Fault::None; }
    Status rename(const std::string&, const std::string&) override { return Fault::None; }
    Status remove(const std::string&) override { return Fault::None; }
    Status sync() override { return Fault::None; }
    Result<std::vector<std::string>> list(const std::string&) override { return std::vector<std::string>{}; }
};

/// A real folder, made when it is missing. One thread. Files are synced by syncfs(2), one commit for all of
/// them where fdatasync would be one each; Linux tells of its errors since 5.8.
class DiskFiles final : public Files {
  public:
    explicit DiskFiles(std::filesystem::path root) : root_(std::move(root)) {}
    ~DiskFiles() override;
    DiskFiles(const DiskFiles&) = delete;
    DiskFiles& operator=(const DiskFiles&) = delete;

    Status lock() override;
    Result<std::string> read(const std::string& path) override;
    Status write(const std::string& path, std::string_view bytes) override;
    Status rename(const std::string& from, const std::string& to) override;
    Status remove(const std::string& path) override;
    Status sync() override;
    Result<std::vector<std::string>> list(const std::string& folder) override;

  private:
    std::filesystem::path at(const std::string& path) const { return root_ / path; }
    Status make_folders(const std::filesystem::path& folder);

    std::filesystem::path root_;
    std::set<std::filesystem::path> unsynced_;  // folders
    bool has_unsynced_files_ = false;
    int lock_fd_ = -1;
};

}  // namespace penstock::compliance
