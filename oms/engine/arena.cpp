#include "oms/engine/arena.hpp"

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>

#include "oms/domain/assert.hpp"

namespace penstock::oms {
namespace {

/// Below this a table has few pages anyway.
constexpr std::size_t kHugeFrom = std::size_t{8} << 20;
/// Below this a table comes from the heap: giving it its own pages costs more than writing its zeros.
constexpr std::size_t kMapFrom = std::size_t{32} << 10;
constexpr std::size_t kCacheLine = 64;

bool is_mapped(std::size_t bytes) { return bytes >= kMapFrom; }

void* zeroed(std::size_t bytes) {
    if (is_mapped(bytes)) {
        void* const pages =
            mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        return pages == MAP_FAILED ? nullptr : pages;
    }
    const std::size_t whole_lines = (bytes + kCacheLine - 1) / kCacheLine * kCacheLine;
    void* const data = std::aligned_alloc(kCacheLine, whole_lines);
    return data == nullptr ? nullptr : std::memset(data, 0, whole_lines);
}

}  // namespace

Arena::Arena(std::size_t bytes) : data_(zeroed(bytes)), bytes_(bytes) {
    PENSTOCK_ASSERT(data_ != nullptr, "no memory for a table of orders");
    // A kernel without huge pages says so; then the table works with small ones.
    if (bytes >= kHugeFrom) static_cast<void>(madvise(data_, bytes, MADV_HUGEPAGE));
}

std::size_t Arena::touch() const {
    if (!is_mapped(bytes_)) return bytes_;  // all of it was written
    if (madvise(data_, bytes_, MADV_POPULATE_WRITE) == 0) return bytes_;
    // A kernel before 5.14: one byte a page, rewritten as it is.
    constexpr std::size_t kPage = 4096;
    auto* const bytes = static_cast<volatile char*>(data_);
    for (std::size_t at = 0; at < bytes_; at += kPage) bytes[at] = bytes[at];
    return bytes_;
}

Arena::~Arena() {
    if (data_ == nullptr) return;
    if (is_mapped(bytes_))
        munmap(data_, bytes_);
    else
        std::free(data_);
}

}  // namespace penstock::oms
