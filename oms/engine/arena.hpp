#pragma once

#include <cstddef>
#include <utility>

namespace penstock::oms {

/// Zeroed memory for one table, taken whole. The pages of all but small ones cost nothing until they are used
/// or `touch`ed; large tables ask for huge pages, because a table of a million orders read at random pays
/// more for address translation than for the data. Stops the process when the machine has no address space
/// left: nothing can go on without it.
class Arena {
  public:
    explicit Arena(std::size_t bytes);
    Arena(Arena&& other) noexcept : data_(std::exchange(other.data_, nullptr)), bytes_(other.bytes_) {}
    Arena& operator=(Arena&& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~Arena();

    void* data() const { return data_; }
    /// Makes the machine give the memory now instead of page by page. What is in it stays. Bytes touched.
    std::size_t touch() const;

  private:
    void* data_;
    std::size_t bytes_;
};

/// Asks the processor for the cache lines of `object`, without waiting for them.
template <class T>
void prefetch(const T& object) {
    constexpr std::size_t kCacheLine = 64;
    const char* const at = reinterpret_cast<const char*>(&object);
    for (std::size_t offset = 0; offset < sizeof(T); offset += kCacheLine) __builtin_prefetch(at + offset, 1);
}

}  // namespace penstock::oms
