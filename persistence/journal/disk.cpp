#include "persistence/journal/disk.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

namespace penstock::persistence {
namespace {

constexpr mode_t kFileMode = 0640;
constexpr std::size_t kZeroChunk = std::size_t{1} << 20U;

}  // namespace

Fd::~Fd() {
    if (fd_ >= 0) ::close(fd_);
}

int open_file(const std::filesystem::path& path, int flags, Fd& fd) {
    const int made = ::open(path.c_str(), flags | O_CLOEXEC, kFileMode);
    if (made < 0) return errno;
    fd = Fd(made);
    return 0;
}

int write_at(int fd, const char* data, std::size_t size, std::uint64_t offset) {
    while (size > 0) {
        const ssize_t wrote = ::pwrite(fd, data, size, static_cast<off_t>(offset));
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return errno;
        // A write of nothing would loop for ever; no file system does it for a reason we could wait out.
        if (wrote == 0) return EIO;
        data += wrote;
        size -= static_cast<std::size_t>(wrote);
        offset += static_cast<std::uint64_t>(wrote);
    }
    return 0;
}

int read_at(int fd, char* data, std::size_t size, std::uint64_t offset, std::size_t& got) {
    got = 0;
    while (got < size) {
        const ssize_t read = ::pread(fd, data + got, size - got, static_cast<off_t>(offset + got));
        if (read < 0 && errno == EINTR) continue;
        if (read < 0) return errno;
        if (read == 0) return 0;
        got += static_cast<std::size_t>(read);
    }
    return 0;
}

int write_zeros(int fd, std::uint64_t from, std::uint64_t to) {
    if (from >= to) return 0;
    const std::vector<char> zeros(static_cast<std::size_t>(std::min<std::uint64_t>(kZeroChunk, to - from)));
    while (from < to) {
        const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(zeros.size(), to - from));
        if (const int error = write_at(fd, zeros.data(), size, from)) return error;
        from += size;
    }
    return 0;
}

int sync_data(int fd) {
    // Never repeated: after a failed sync the kernel forgets the error and the next call says yes.
    return ::fdatasync(fd) == 0 ? 0 : errno;
}

int sync_directory(const std::filesystem::path& directory) {
    Fd fd;
    if (const int error = open_file(directory, O_RDONLY | O_DIRECTORY, fd)) return error;
    return ::fsync(fd.get()) == 0 ? 0 : errno;
}

int file_size(int fd, std::uint64_t& size) {
    struct stat found {};
    if (::fstat(fd, &found) != 0) return errno;
    size = static_cast<std::uint64_t>(found.st_size);
    return 0;
}

std::string errno_text(int error) {
    const char* const name = ::strerrorname_np(error);
    const char* const text = ::strerrordesc_np(error);
    return std::string(text != nullptr ? text : "unknown error") + " (" + (name != nullptr ? name : "?") +
           ")";
}

Mapping::~Mapping() {
    if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

int Mapping::map(const std::filesystem::path& path, Mapping& mapping) {
    Fd fd;
    if (const int error = open_file(path, O_RDONLY, fd)) return error;
    std::uint64_t size = 0;
    if (const int error = file_size(fd.get(), size)) return error;
    mapping = Mapping();
    if (size == 0) return 0;
    void* const at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd.get(), 0);
    if (at == MAP_FAILED) return errno;
    ::madvise(at, size, MADV_SEQUENTIAL);
    mapping.bytes_ = {static_cast<const char*>(at), static_cast<std::size_t>(size)};
    return 0;
}

int Mapping::make(std::size_t size, Mapping& mapping, char*& room) {
    mapping = Mapping();
    if (size == 0) return 0;
    void* const at = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) return errno;
    room = static_cast<char*>(at);
    mapping.bytes_ = {room, size};
    return 0;
}

}  // namespace penstock::persistence
