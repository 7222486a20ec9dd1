#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "oms/domain/time.hpp"

namespace penstock::sim {

/// What is to happen later, by time and then by the order it was put in. Holds no clock.
/// It grows with what the sessions ask for within the longest delay, and has no bound of its own.
template <class Item>
class Agenda {
  public:
    void put(Timestamp at, Item item) { items_.emplace(Key{at, ++last_}, std::move(item)); }

    std::optional<Timestamp> next_due() const {
        if (items_.empty()) return std::nullopt;
        return items_.begin()->first.first;
    }
    /// The first item due by `now`, with the time it was due.
    std::optional<std::pair<Timestamp, Item>> take_due(Timestamp now) {
        if (items_.empty() || items_.begin()->first.first > now) return std::nullopt;
        auto first = items_.extract(items_.begin());
        return std::pair{first.key().first, std::move(first.mapped())};
    }

  private:
    using Key = std::pair<Timestamp, std::uint64_t>;
    std::map<Key, Item> items_;
    std::uint64_t last_ = 0;
};

}  // namespace penstock::sim
