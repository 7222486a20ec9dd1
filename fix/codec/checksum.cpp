#include "fix/codec/checksum.hpp"

#include <cstddef>
#include <cstring>

namespace penstock::fix {

// Eight bytes a step: the even and the odd bytes of each word are summed in four 16-bit lanes, which
// hold 128 words without overflow, and are folded after each block.
std::uint8_t byte_sum(std::string_view bytes) {
    constexpr std::size_t kWord = sizeof(std::uint64_t);
    constexpr std::uint64_t kLanes = 0x00ff00ff00ff00ffULL;
    constexpr std::size_t kBlock = 64 * kWord;
    std::uint64_t total = 0;
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    while (static_cast<std::size_t>(end - at) >= kWord) {
        std::uint64_t lanes = 0;
        const std::size_t left = static_cast<std::size_t>(end - at) / kWord * kWord;
        for (const char* const stop = at + (left < kBlock ? left : kBlock); at != stop; at += kWord) {
            std::uint64_t word = 0;
            std::memcpy(&word, at, kWord);
            lanes += (word & kLanes) + ((word >> 8) & kLanes);
        }
        total += (lanes & 0xffff) + ((lanes >> 16) & 0xffff) + ((lanes >> 32) & 0xffff) + (lanes >> 48);
    }
    for (; at != end; ++at) total += static_cast<unsigned char>(*at);
    return static_cast<std::uint8_t>(total);
}

}  // namespace penstock::fix
