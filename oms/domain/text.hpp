#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "oms/domain/result.hpp"

namespace penstock {

/// Text of at most `Capacity` bytes, held in place. For ids other parties choose: never allocates,
/// copies as plain bytes. Unused bytes are always zero, so equality is a compare of the whole.
template <std::size_t Capacity>
class FixedText {
    static_assert(Capacity > 0 && Capacity < 256);

  public:
    static constexpr std::size_t kCapacity = Capacity;

    constexpr FixedText() = default;
    /// Fault::Overflow when the text is longer than the capacity: the caller names the field.
    static Result<FixedText> from(std::string_view text) {
        FixedText made;
        if (!made.assign(text)) return Fault::Overflow;
        return made;
    }
    /// In place, for the order path. False, and unchanged, when the text is longer than the capacity.
    bool assign(std::string_view text) {
        if (text.size() > Capacity) return false;
        bytes_.fill('\0');
        copy_short(bytes_.data(), text);
        size_ = static_cast<std::uint8_t>(text.size());
        return true;
    }
    /// Keeps what fits. For free text shown to people, never for ids.
    static FixedText truncated(std::string_view text) {
        return *from(text.substr(0, std::min(text.size(), Capacity)));
    }

    constexpr std::string_view view() const { return {bytes_.data(), size_}; }
    constexpr bool empty() const { return size_ == 0; }
    constexpr std::size_t size() const { return size_; }

    friend bool operator==(const FixedText& left, const FixedText& right) {
        return left.view() == right.view();
    }
    friend std::strong_ordering operator<=>(const FixedText& left, const FixedText& right) {
        return left.view() <=> right.view();
    }

  private:
    /// Most ids have 4 to 16 characters: two words that overlap are cheaper than a call.
    static void copy_short(char* out, std::string_view text) {
        const auto copy_ends = [&](std::size_t word) {
            std::memcpy(out, text.data(), word);
            std::memcpy(out + text.size() - word, text.data() + text.size() - word, word);
        };
        if (text.size() > 16)
            std::memcpy(out, text.data(), text.size());
        else if (text.size() >= 8)
            copy_ends(8);
        else if (text.size() >= 4)
            copy_ends(4);
        else
            for (std::size_t i = 0; i < text.size(); ++i) out[i] = text[i];
    }

    std::array<char, Capacity> bytes_{};
    std::uint8_t size_ = 0;
};

}  // namespace penstock
