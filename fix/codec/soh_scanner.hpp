#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace penstock::fix {

/// Walks over a frame 64 bytes at a time: finds every SOH and adds up all bytes in the same pass. Inside
/// this room only.
class SohScanner {
  public:
    SohScanner(const char* begin, const char* end) : next_block_(begin), block_(begin), end_(end) {}

    /// The first SOH at or behind `at`, or the end. `at` never goes back.
    const char* find(const char* at) {
        for (;;) {
            const auto passed = static_cast<std::size_t>(at - block_);
            if (at < next_block_ && found_ >> passed != 0) return at + std::countr_zero(found_ >> passed);
            if (next_block_ == end_) return end_;
            if (at < next_block_) at = next_block_;
            take_block();
        }
    }
    /// The sum of all bytes of the frame. After the end was found.
    std::uint64_t sum() const { return sum_; }

  private:
    static constexpr std::size_t kBlock = 64;

    void take_block() {
        block_ = next_block_;
        const auto left = static_cast<std::size_t>(end_ - block_);
        if (left >= kBlock) {
            next_block_ = block_ + kBlock;
            look_at(block_);
            return;
        }
        next_block_ = end_;
        char padded[kBlock] = {};
        std::memcpy(padded, block_, left);
        look_at(padded);
    }

#if defined(__SSE2__)
    void look_at(const char* bytes) {
        constexpr std::size_t kLane = 16;
        const __m128i soh = _mm_set1_epi8('\x01');
        __m128i sums = _mm_setzero_si128();
        found_ = 0;
        for (std::size_t lane = 0; lane < kBlock / kLane; ++lane) {
            const __m128i word = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + lane * kLane));
            const auto hits = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(word, soh)));
            found_ |= std::uint64_t{hits} << (lane * kLane);
            sums = _mm_add_epi64(sums, _mm_sad_epu8(word, _mm_setzero_si128()));
        }
        sum_ += static_cast<std::uint64_t>(_mm_cvtsi128_si64(sums)) +
                static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums)));
    }
#else
    void look_at(const char* bytes) {
        found_ = 0;
        for (std::size_t i = 0; i < kBlock; ++i) {
            found_ |= std::uint64_t{bytes[i] == '\x01'} << i;
            sum_ += static_cast<unsigned char>(bytes[i]);
        }
    }
#endif

    const char* next_block_;
    const char* block_;
    const char* end_;
    std::uint64_t found_ = 0;  // a bit for each byte of the block
    std::uint64_t sum_ = 0;
};

}  // namespace penstock::fix
