#include "oms/engine/positions.hpp"

#include <algorithm>
#include <string_view>

namespace penstock::oms {
namespace {

std::uint32_t hash_of(const PositionKey& key) {
    constexpr std::uint64_t kSeed = 0x706F736974696F6EULL;
    const auto* const bytes = reinterpret_cast<const char*>(&key);
    return static_cast<std::uint32_t>(hash_bytes({bytes, sizeof key}, kSeed));
}

}  // namespace

Positions::Positions() : places_(kMaxPositions) { positions_.reserve(kMaxPositions); }

Position* Positions::find(const PositionKey& key) {
    const std::uint32_t place = places_.find(
        hash_of(key), [&](std::uint32_t candidate) { return positions_[candidate - 1].key == key; });
    return place == 0 ? nullptr : &positions_[place - 1];
}

Position* Positions::add(const PositionKey& key) {
    if (positions_.size() == kMaxPositions) return nullptr;
    positions_.emplace_back().key = key;
    note_place(positions_.size());
    return &positions_.back();
}

bool Positions::has_unlooked() const { return std::ranges::any_of(questions, &PositionQuestion::is_whole); }

std::uint32_t Positions::differing_at(VenueId venue) const {
    return static_cast<std::uint32_t>(std::ranges::count_if(
        positions_, [&](const Position& one) { return one.key.venue == venue && one.differs; }));
}

void Positions::note_place(std::size_t place) {
    places_.insert(hash_of(positions_[place - 1].key), static_cast<std::uint32_t>(place));
}

void Positions::find_places() {
    places_ = HashIndex(kMaxPositions);
    // Bytes that are no snapshot may name more; they are refused when all of them are read.
    const std::size_t count = std::min(positions_.size(), kMaxPositions);
    for (std::size_t place = 1; place <= count; ++place) note_place(place);
}

}  // namespace penstock::oms
