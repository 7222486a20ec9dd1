#include "compliance/tlog/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace penstock::compliance {
namespace {

constexpr mode_t kFileMode = 0640;
constexpr mode_t kFolderMode = 0750;

class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }
    bool is_open() const { return fd_ >= 0; }

  private:
    int fd_;
};

Status status_of_errno() { return errno == ENOENT || errno == ENOTDIR ? Fault::NotFound : Fault::IoError; }

Status write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return Fault::IoError;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return Fault::None;
}

}  // namespace

DiskFiles::~DiskFiles() {
    if (lock_fd_ >= 0) ::close(lock_fd_);
}

Status DiskFiles::lock() {
    if (lock_fd_ >= 0) {
        struct stat held {};
        struct stat named {};
        const bool is_there = ::fstat(lock_fd_, &held) == 0 && ::stat(root_.c_str(), &named) == 0;
        if (is_there && held.st_dev == named.st_dev && held.st_ino == named.st_ino) return Fault::None;
        ::close(std::exchange(lock_fd_, -1));
    }
    if (const Status made = make_folders(root_); made != Fault::None) return made;
    lock_fd_ = ::open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock_fd_ < 0) return Fault::IoError;
    if (::flock(lock_fd_, LOCK_EX | LOCK_NB) == 0) return Fault::None;
    const bool is_held = errno == EWOULDBLOCK;
    ::close(lock_fd_);
    lock_fd_ = -1;
    return is_held ? Fault::Busy : Fault::IoError;
}

Result<std::string> DiskFiles::read(const std::string& path) {
    // A pipe in the place of a file would be waited for.
    const Descriptor file(::open(at(path).c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!file.is_open()) return status_of_errno();
    struct stat about {};
    if (::fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode)) return Fault::IoError;
    std::string bytes;
    char buffer[65536];
    for (;;) {
        const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return Fault::IoError;
        if (got == 0) return bytes;
        bytes.append(buffer, static_cast<std::size_t>(got));
    }
}

Status DiskFiles::make_folders(const std::filesystem::path& folder) {
    if (folder.empty() || ::mkdir(folder.c_str(), kFolderMode) == 0) {
        if (!folder.empty()) unsynced_.insert(folder.parent_path());
        return Fault::None;
    }
    if (errno == EEXIST) return Fault::None;
    if (errno != ENOENT) return Fault::IoError;
    if (const Status above = make_folders(folder.parent_path()); above != Fault::None) return above;
    if (::mkdir(folder.c_str(), kFolderMode) != 0 && errno != EEXIST) return Fault::IoError;
    unsynced_.insert(folder.parent_path());
    return Fault::None;
}

Status DiskFiles::write(const std::string& path, std::string_view bytes) {
    const std::filesystem::path target = at(path);
    if (const Status made = make_folders(target.parent_path()); made != Fault::None) return made;
    const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK | O_CLOEXEC;
    const Descriptor file(::open(target.c_str(), flags, kFileMode));
    if (!file.is_open()) return Fault::IoError;
    unsynced_.insert(target.parent_path());
    has_unsynced_files_ = true;
    return write_all(file.get(), bytes);
}

Status DiskFiles::rename(const std::string& from, const std::string& to) {
    if (const Status made = make_folders(at(to).parent_path()); made != Fault::None) return made;
    if (::rename(at(from).c_str(), at(to).c_str()) != 0) return status_of_errno();
    unsynced_.insert(at(from).parent_path());
    unsynced_.insert(at(to).parent_path());
    return Fault::None;
}

Status DiskFiles::remove(const std::string& path) {
    if (::remove(at(path).c_str()) != 0) return status_of_errno();
    unsynced_.insert(at(path).parent_path());
    return Fault::None;
}

Status DiskFiles::sync() {
    if (has_unsynced_files_) {
        const Descriptor root(::open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!root.is_open() || ::syncfs(root.get()) != 0) return Fault::IoError;
        unsynced_.clear();
        has_unsynced_files_ = false;
    }
    for (const auto& folder : unsynced_) {
        const Descriptor fd(
            ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!fd.is_open() && errno == ENOENT) continue;  // removed meanwhile, so nothing is left to sync
        if (!fd.is_open() || ::fsync(fd.get()) != 0) return Fault::IoError;
    }
    unsynced_.clear();
    return Fault::None;
}

Result<std::vector<std::string>> DiskFiles::list(const std::string& folder) {
    std::error_code problem;
    std::vector<std::string> names;
    auto entry = std::filesystem::directory_iterator(at(folder), problem);
    if (problem == std::errc::no_such_file_or_directory) return names;
    if (problem == std::errc::not_a_directory) return names;
    for (; !problem && entry != std::filesystem::directory_iterator(); entry.increment(problem))
        names.push_back(entry->path().filename().string());
    if (problem) return Fault::IoError;
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace penstock::compliance
