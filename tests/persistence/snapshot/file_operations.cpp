#include "tests/persistence/snapshot/file_operations.hpp"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <limits>

namespace penstock::persistence {
namespace {

constexpr int kNever = std::numeric_limits<int>::max();
constexpr int kKilled = 137;

int left = kNever;
int done = 0;
AtOperation what_happens = AtOperation::Fails;
bool unsynced = false;
bool was_renamed_unsynced = false;

/// True when this operation is to fail.
bool is_disturbed() {
    ++done;
    if (left == kNever || left-- != 0) return false;
    if (what_happens == AtOperation::EndsProcess) ::_exit(kKilled);
    left = kNever;
    errno = EIO;
    return true;
}

}  // namespace

void disturb_operation(int good, AtOperation what) {
    left = good;
    done = 0;
    what_happens = what;
}
int operations_since() {
    left = kNever;
    return done;
}
bool renamed_unsynced() { return was_renamed_unsynced; }

}  // namespace penstock::persistence

namespace file_operations = penstock::persistence;

extern "C" int open(const char* path, int flags, ...) {
    if (file_operations::is_disturbed()) return -1;
    mode_t mode = 0;
    if ((flags & O_CREAT) != 0) {
        va_list arguments;
        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
    }
    return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

extern "C" ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
    if (file_operations::is_disturbed()) return -1;
    file_operations::unsynced = true;
    return ::syscall(SYS_pwrite64, fd, data, size, offset);
}

extern "C" int fdatasync(int fd) {
    if (file_operations::is_disturbed()) return -1;
    file_operations::unsynced = false;
    return static_cast<int>(::syscall(SYS_fdatasync, fd));
}

extern "C" int fsync(int fd) {
    if (file_operations::is_disturbed()) return -1;
    return static_cast<int>(::syscall(SYS_fsync, fd));
}

extern "C" int rename(const char* from, const char* to) noexcept {
    if (file_operations::is_disturbed()) return -1;
    if (file_operations::unsynced) file_operations::was_renamed_unsynced = true;
    return static_cast<int>(::syscall(SYS_rename, from, to));
}

extern "C" int unlink(const char* path) noexcept {
    if (file_operations::is_disturbed()) return -1;
    return static_cast<int>(::syscall(SYS_unlink, path));
}
