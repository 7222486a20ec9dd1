#include "bench/raw_relay/sync_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace penstock::bench {
namespace {

constexpr std::int64_t kBytes = std::int64_t{64} << 20U;
constexpr std::size_t kBlock = std::size_t{1} << 20U;
constexpr std::size_t kRecordHead = 16;  // number and length, as any journal would write

}  // namespace

SyncFile::SyncFile(const std::filesystem::path& file)
    : fd_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    const std::vector<char> zeros(kBlock);
    for (std::int64_t at = 0; fd_ >= 0 && at < kBytes; at += static_cast<std::int64_t>(kBlock)) {
        if (::pwrite(fd_, zeros.data(), zeros.size(), at) == static_cast<ssize_t>(zeros.size())) continue;
        ::close(fd_);
        fd_ = -1;
    }
    if (fd_ >= 0) ::fsync(fd_);
}

SyncFile::~SyncFile() {
    if (fd_ >= 0) ::close(fd_);
}

void SyncFile::add(std::string_view record) {
    const std::size_t begin = batch_.size();
    const std::uint64_t head[2] = {++records_, record.size()};
    batch_.resize(begin + kRecordHead + record.size());
    std::memcpy(batch_.data() + begin, head, kRecordHead);
    std::memcpy(batch_.data() + begin + kRecordHead, record.data(), record.size());
}

void SyncFile::commit() {
    if (batch_.empty()) return;
    const auto size = static_cast<std::int64_t>(batch_.size());
    if (at_ + size > kBytes) at_ = 0;
    if (::pwrite(fd_, batch_.data(), batch_.size(), at_) != size || ::fdatasync(fd_) != 0) {
        std::perror("bench_raw_relay: cannot write its journal");
        std::exit(70);
    }
    at_ += size;
    batch_.clear();
}

}  // namespace penstock::bench
