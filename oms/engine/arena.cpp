#include "oms/engine/arena.hpp"

#include <sys/mman.h>

#include "oms/domain/assert.hpp"

namespace penstock::oms {
namespace {

/// Below this a table has few pages anyway.
constexpr std::size_t kHugeFrom = std::size_t{8} << 20;

}  // namespace

Arena::Arena(std::size_t bytes)
    : data_(mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)),
      bytes_(bytes) {
    PENSTOCK_ASSERT(data_ != MAP_FAILED, "no address space for a table of orders");
    // A kernel without huge pages says so; then the table works with small ones.
    if (bytes >= kHugeFrom) static_cast<void>(madvise(data_, bytes, MADV_HUGEPAGE));
}

std::size_t Arena::touch() const {
    if (madvise(data_, bytes_, MADV_POPULATE_WRITE) == 0) return bytes_;
    // A kernel before 5.14: one byte a page, rewritten as it is.
    constexpr std::size_t kPage = 4096;
    auto* const bytes = static_cast<volatile char*>(data_);
    for (std::size_t at = 0; at < bytes_; at += kPage) bytes[at] = bytes[at];
    return bytes_;
}

Arena::~Arena() {
    if (data_ != nullptr) munmap(data_, bytes_);
}

}  // namespace penstock::oms
