#include "compliance/tlog/key_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace penstock::compliance {
namespace {

constexpr mode_t kOwnerReads = 0400;
constexpr mode_t kOthers = 0077;
constexpr std::size_t kLongestKey = 4096;

}  // namespace

bool is_new_key_name(std::string_view name) {
    return is_key_name(name) && std::ranges::all_of(name, [](char one) { return one > ' ' && one < 0x7F; });
}

ReadKey read_key_file(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return {std::nullopt, path + " cannot be read"};
    struct stat info {};
    char bytes[kLongestKey];
    const bool is_known = ::fstat(fd, &info) == 0;
    const ssize_t got = ::read(fd, bytes, sizeof bytes);
    ::close(fd);
    if (!is_known || got < 0) return {std::nullopt, path + " cannot be read"};
    if ((info.st_mode & kOthers) != 0) return {std::nullopt, path + " is open to others; chmod 0400 it"};
    std::string_view text(bytes, static_cast<std::size_t>(got));
    if (text.ends_with('\n')) text.remove_suffix(1);
    auto key = parse_skey(text);
    if (!key) return {std::nullopt, path + " holds no secret key"};
    return {std::move(key), {}};
}

std::optional<std::string> write_key_file(const std::string& path, const SignerKey& key) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerReads);
    if (fd < 0) return path + " is there already or cannot be made";
    const std::string text = to_skey(key) + "\n";
    const bool is_written =
        ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
    ::close(fd);
    if (!is_written) return path + " cannot be written";
    return std::nullopt;
}

}  // namespace penstock::compliance
