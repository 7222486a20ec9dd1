#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "fix/codec/message_index.hpp"
#include "fix/codec/tags.hpp"

namespace penstock::fix {

/// The fields out of `kTags` that a message has, found in one pass over it instead of a search for each.
/// The first occurrence counts: later ones are members of repeating groups. Inside this room only.
template <const auto& kTags>
class FoundFields {
  public:
    explicit FoundFields(const MessageIndex& message) : message_(message) {
        const auto fields = message.fields();
        for (std::size_t i = fields.size(); i-- > 0;)
            at_[slot_of(fields[i].tag)] = static_cast<std::uint16_t>(i);
    }

    /// The value; empty when the field is absent.
    std::string_view operator[](Tag tag) const {
        const std::size_t at = at_[slot_of(tag)];
        return at == 0 ? std::string_view{} : message_.value(message_.fields()[at]);
    }

  private:
    static constexpr std::size_t kLimit = 1 + std::max_element(kTags.begin(), kTags.end(), [](Tag a, Tag b) {
                                                  return a.number < b.number;
                                              })->number;
    /// Slot 0 takes every tag that is not read.
    static constexpr std::array<std::uint8_t, kLimit> kSlots = [] {
        std::array<std::uint8_t, kLimit> slots{};
        for (std::size_t i = 0; i < kTags.size(); ++i)
            slots[kTags[i].number] = static_cast<std::uint8_t>(i + 1);
        return slots;
    }();
    static constexpr std::size_t slot_of(std::uint32_t tag) { return tag < kLimit ? kSlots[tag] : 0; }

    const MessageIndex& message_;
    /// Where in the message; 0, which is BeginString(8), stands for absent.
    std::array<std::uint16_t, kTags.size() + 1> at_{};
};

}  // namespace penstock::fix
