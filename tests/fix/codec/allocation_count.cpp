#include "tests/fix/codec/allocation_count.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> allocations{0};
}

// These replace the library's, so every allocation is counted.
void* operator new(std::size_t size) {
    ++allocations;
    if (void* const made = std::malloc(size)) return made;
    std::abort();
}
void operator delete(void* at) noexcept { std::free(at); }
void operator delete(void* at, std::size_t) noexcept { std::free(at); }

namespace penstock::fix::test {

std::size_t allocation_count() { return allocations; }

}  // namespace penstock::fix::test
