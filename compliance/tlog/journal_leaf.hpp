#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "persistence/journal/format.hpp"

namespace penstock::compliance {

/// What of a record's header is in its leaf, byte for byte as stored: length, seq, epoch, time, kind, flags
/// and version. Not the CRC and not the place in its batch, which say how it was written and not what it is.
inline constexpr std::size_t kLeafHead = 32;
inline constexpr std::size_t kSeqAt = 4;  // in the head

/// The leaves of one journal record: the head, then the payload. A record too long for one leaf is cut, each
/// leaf but the last is full, and each begins with the same head.
std::vector<std::string> leaves_of(const persistence::RecordHeader& header, std::string_view payload);

}  // namespace penstock::compliance
