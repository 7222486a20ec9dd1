#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstring>
#include <memory>

namespace penstock::apps {

/// Bytes from one thread to another, whole entries or none. Neither side ever waits for the other.
class ByteRing {
  public:
    explicit ByteRing(std::size_t capacity) : capacity_(capacity), bytes_(new char[capacity]) {}

    /// Producer: room for `size` bytes? Then `put` them, piece by piece, and `publish`.
    bool fits(std::size_t size) const {
        return capacity_ - (writing_ - read_.load(std::memory_order_acquire)) >= size;
    }
    void put(const void* data, std::size_t size) {
        copy(writing_, size, [&](char* ring, std::size_t done, std::size_t part) {
            std::memcpy(ring, static_cast<const char*>(data) + done, part);
        });
        writing_ += size;
    }
    void publish() { written_.store(writing_, std::memory_order_release); }

    /// Consumer: bytes ready; then `take` them, piece by piece.
    std::size_t ready() const {
        return written_.load(std::memory_order_acquire) - read_.load(std::memory_order_relaxed);
    }
    void take(void* data, std::size_t size) {
        const std::size_t at = read_.load(std::memory_order_relaxed);
        copy(at, size, [&](const char* ring, std::size_t done, std::size_t part) {
            std::memcpy(static_cast<char*>(data) + done, ring, part);
        });
        read_.store(at + size, std::memory_order_release);
    }

  private:
    template <class Move>
    void copy(std::size_t at, std::size_t size, Move&& move) {
        const std::size_t place = at % capacity_;
        const std::size_t first = std::min(size, capacity_ - place);
        move(bytes_.get() + place, 0, first);
        move(bytes_.get(), first, size - first);
    }

    std::size_t capacity_;
    std::unique_ptr<char[]> bytes_;
    std::size_t writing_ = 0;
    alignas(64) std::atomic<std::size_t> written_{0};
    alignas(64) std::atomic<std::size_t> read_{0};
};

}  // namespace penstock::apps
