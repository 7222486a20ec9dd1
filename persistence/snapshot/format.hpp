#pragma once

#include <array>
#include <cstdint>

#include "persistence/journal/place.hpp"

namespace penstock::persistence {

/// Raised when the file is laid out otherwise. What the core's bytes mean is `layout`.
inline constexpr std::uint32_t kSnapshotVersion = 1;
inline constexpr std::array<char, 8> kSnapshotMagic = {'P', 'E', 'N', 'S', 'N', 'A', 'P', '1'};

/// First bytes of a snapshot; the three parts follow, and nothing else.
struct SnapshotHeader {
    std::array<char, 8> magic{};
    std::uint32_t version = 0;
    std::uint32_t reserved = 0;
    Uuid uuid{};  // of the journal
    JournalPlace place;
    std::uint64_t layout = 0;      // of the core's bytes; see oms/engine/state_layout.hpp
    std::uint64_t state_hash = 0;  // of the core
    std::uint64_t index_bytes = 0;
    std::uint64_t core_bytes = 0;
    std::uint64_t learned_bytes = 0;
    Digest digest{};  // SHA-256 of the parts, then of this header with zeros here
};
static_assert(sizeof(SnapshotHeader) == 224);

}  // namespace penstock::persistence
