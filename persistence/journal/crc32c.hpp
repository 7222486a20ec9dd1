#pragma once

#include <cstddef>
#include <cstdint>

namespace penstock::persistence {

/// CRC-32C (Castagnoli) of `size` bytes, as in RFC 3720 B.4. Uses the processor's instruction when it
/// has one. Any thread.
std::uint32_t crc32c(const char* data, std::size_t size);

/// The table version, for processors without the instruction and for the test of the other.
std::uint32_t crc32c_portable(const char* data, std::size_t size);

}  // namespace penstock::persistence
