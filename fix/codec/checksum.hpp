#pragma once

#include <cstdint>
#include <string_view>

namespace penstock::fix {

/// Sum of all bytes modulo 256, CheckSum(10).
std::uint8_t byte_sum(std::string_view bytes);

}  // namespace penstock::fix
