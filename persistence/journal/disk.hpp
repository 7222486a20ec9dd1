#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace penstock::persistence {

// The few system calls the journal makes. Functions return 0 or the errno of the call that failed;
// interrupted and short calls are continued.

/// Owns a descriptor.
class Fd {
  public:
    Fd() = default;
    explicit Fd(int fd) : fd_(fd) {}
    Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Fd& operator=(Fd&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Fd();
    int get() const { return fd_; }
    bool is_open() const { return fd_ >= 0; }

  private:
    int fd_ = -1;
};

/// Opens with O_CLOEXEC and, when the file is made, mode 0640.
int open_file(const std::filesystem::path& path, int flags, Fd& fd);
int write_at(int fd, const char* data, std::size_t size, std::uint64_t offset);
/// `got` is less than `size` only at the end of the file.
int read_at(int fd, char* data, std::size_t size, std::uint64_t offset, std::size_t& got);
int write_zeros(int fd, std::uint64_t from, std::uint64_t to);
int sync_data(int fd);
/// Makes creations and renames inside the directory durable.
int sync_directory(const std::filesystem::path& directory);
int file_size(int fd, std::uint64_t& size);

/// "No space left on device (ENOSPC)" for people.
std::string errno_text(int error);

/// A file mapped for reading.
class Mapping {
  public:
    Mapping() = default;
    Mapping(Mapping&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
    Mapping& operator=(Mapping&& other) noexcept {
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~Mapping();
    static int map(const std::filesystem::path& path, Mapping& mapping);
    /// Memory of its own, to be filled by whoever makes it.
    static int make(std::size_t size, Mapping& mapping, char*& room);
    std::string_view bytes() const { return bytes_; }

  private:
    std::string_view bytes_;
};

}  // namespace penstock::persistence
