#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "fix/codec/message_index.hpp"
#include "fix/codec/tags.hpp"

namespace penstock::fix {

/// A part of a message: the fields from `begin` up to `end`.
struct FieldRange {
    std::size_t begin = 0;
    std::size_t end = 0;
};

inline constexpr std::array<Tag, 0> kNoTags{};

/// The fields out of `kTags` that a message or a part of it has, found in one pass over it instead of a
/// search for each. The first occurrence counts: later ones are members of repeating groups. Of `kMarks` only
/// whether any is there is found, for nothing. Inside this room only.
template <const auto& kTags, const auto& kMarks = kNoTags>
class FoundFields {
  public:
    explicit FoundFields(const MessageIndex& message)
        : FoundFields(message, FieldRange{0, message.fields().size()}) {}
    FoundFields(const MessageIndex& message, FieldRange range) : message_(message) {
        const auto fields = message.fields();
        for (std::size_t i = range.end; i-- > range.begin;)
            at_[slot_of(fields[i].tag)] = static_cast<std::uint16_t>(i);
    }

    /// The value; empty when the field is absent.
    std::string_view operator[](Tag tag) const {
        const std::size_t at = at_[slot_of(tag)];
        return at == 0 ? std::string_view{} : message_.value(message_.fields()[at]);
    }

    /// There is at least one out of `kMarks`.
    bool has_mark() const { return at_[kMarkSlot] != 0; }

  private:
    static constexpr std::size_t kMarkSlot = kTags.size() + 1;
    static constexpr std::size_t kLimit = 1 + [] {
        std::size_t highest = 0;
        for (const Tag& tag : kTags) highest = std::max<std::size_t>(highest, tag.number);
        for (const Tag& tag : kMarks) highest = std::max<std::size_t>(highest, tag.number);
        return highest;
    }();
    /// Slot 0 takes every tag that is not read.
    static constexpr std::array<std::uint8_t, kLimit> kSlots = [] {
        std::array<std::uint8_t, kLimit> slots{};
        for (const Tag& tag : kMarks) slots[tag.number] = static_cast<std::uint8_t>(kMarkSlot);
        for (std::size_t i = 0; i < kTags.size(); ++i)
            slots[kTags[i].number] = static_cast<std::uint8_t>(i + 1);
        return slots;
    }();
    static constexpr std::size_t slot_of(std::uint32_t tag) { return tag < kLimit ? kSlots[tag] : 0; }

    const MessageIndex& message_;
    /// Where in the message; 0, which is BeginString(8), stands for absent.
    std::array<std::uint16_t, kTags.size() + 2> at_{};
};

}  // namespace penstock::fix
