#include "persistence/journal/crc32c.hpp"

#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <nmmintrin.h>
#include <wmmintrin.h>
#endif

namespace penstock::persistence {
namespace {

constexpr std::uint32_t kPolynomial = 0x82F63B78U;  // Castagnoli, bits reversed

constexpr std::array<std::uint32_t, 256> make_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? kPolynomial : 0U);
        table[byte] = crc;
    }
    return table;
}
constexpr std::array<std::uint32_t, 256> kTable = make_table();

#if defined(__x86_64__)

// One crc32 instruction takes three cycles but a new one can start in each, so three streams run
// side by side and are joined by a carry-less multiplication: crc(A|B) = crc(A) * x^(8|B|) + crc(B).
constexpr std::size_t kStream = 64;

/// x^bits modulo the polynomial, in the reversed representation.
constexpr std::uint32_t power_of_x(std::size_t bits) {
    std::uint32_t value = 0x80000000U;
    for (std::size_t i = 0; i < bits; ++i) value = (value >> 1U) ^ ((value & 1U) != 0 ? kPolynomial : 0U);
    return value;
}
// The product of two reversed 32-bit values comes out one bit low, and the reduction by the crc32
// instruction multiplies by x^32; the constants take both away.
constexpr std::uint32_t kOneStream = power_of_x(8 * kStream - 33);
constexpr std::uint32_t kTwoStreams = power_of_x(2 * 8 * kStream - 33);

std::uint64_t load(const char* data) {
    std::uint64_t word = 0;
    std::memcpy(&word, data, sizeof word);
    return word;
}

__attribute__((target("sse4.2,pclmul"))) std::uint64_t shifted(std::uint64_t crc, std::uint32_t power) {
    const __m128i product = _mm_clmulepi64_si128(
        _mm_cvtsi64_si128(static_cast<long long>(crc)), _mm_cvtsi32_si128(static_cast<int>(power)), 0);
    return _mm_crc32_u64(0, static_cast<std::uint64_t>(_mm_cvtsi128_si64(product)));
}

__attribute__((target("sse4.2,pclmul"))) std::uint32_t crc32c_hardware(const char* data, std::size_t size) {
    std::uint64_t crc = 0xFFFFFFFFU;
    while (size >= 3 * kStream) {
        std::uint64_t second = 0;
        std::uint64_t third = 0;
        for (std::size_t at = 0; at < kStream; at += 8) {
            crc = _mm_crc32_u64(crc, load(data + at));
            second = _mm_crc32_u64(second, load(data + kStream + at));
            third = _mm_crc32_u64(third, load(data + 2 * kStream + at));
        }
        crc = shifted(crc, kTwoStreams) ^ shifted(second, kOneStream) ^ third;
        data += 3 * kStream;
        size -= 3 * kStream;
    }
    for (; size >= 8; size -= 8, data += 8) crc = _mm_crc32_u64(crc, load(data));
    auto tail = static_cast<std::uint32_t>(crc);
    for (; size > 0; --size, ++data) tail = _mm_crc32_u8(tail, static_cast<unsigned char>(*data));
    return ~tail;
}

bool has_instruction() { return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("pclmul"); }

#else

std::uint32_t crc32c_hardware(const char* data, std::size_t size) { return crc32c_portable(data, size); }
bool has_instruction() { return false; }

#endif

}  // namespace

std::uint32_t crc32c_portable(const char* data, std::size_t size) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (std::size_t i = 0; i < size; ++i) {
        crc = (crc >> 8U) ^ kTable[(crc ^ static_cast<unsigned char>(data[i])) & 0xFFU];
    }
    return ~crc;
}

std::uint32_t crc32c(const char* data, std::size_t size) {
    static const bool hardware = has_instruction();
    return hardware ? crc32c_hardware(data, size) : crc32c_portable(data, size);
}

}  // namespace penstock::persistence
