#pragma once

#include <bit>
#include <cstring>
#include <string_view>
#include <variant>

#include "persistence/journal/wire_fields.hpp"

namespace penstock::persistence {

// The writing half of the wire format. Private to wire.cpp. Every function takes the place to write
// to and returns one past what it wrote. Two things make it fast and are still plain Protobuf: the
// length of a message is a varint of fixed width, filled in after the body, so nothing moves; and
// texts are copied at full capacity, a copy of known size, with the cursor advanced by their length.

static_assert(std::endian::native == std::endian::little, "fixed64 fields are copied as they lie");

constexpr std::size_t kMaxVarint = 10;
constexpr std::size_t kShortLength = 1;    // bodies up to 127 bytes: decimals, texts
constexpr std::size_t kMessageLength = 2;  // bodies up to 16383 bytes: every described struct

constexpr std::size_t tag_size(std::uint32_t field) { return field < 16 ? 1 : 2; }

template <class T>
constexpr std::size_t max_size();

/// Most bytes of one field without its tag.
template <class T>
constexpr std::size_t max_field_size() {
    if constexpr (OptionalField<T>)
        return max_field_size<typename T::value_type>();
    else if constexpr (NumberField<T>)
        return kMaxVarint;
    else if constexpr (TimeField<T>)
        return 8;
    else if constexpr (TextField<T>)
        return kShortLength + T::kCapacity;
    else if constexpr (DecimalField<T>)
        return kShortLength + 1 + kMaxVarint + 2;
    else if constexpr (std::same_as<T, Notional>)
        return kShortLength + 9 + 9 + 2;
    else
        return kMessageLength + max_size<T>();
}

/// Most bytes of a described struct.
template <class T>
constexpr std::size_t max_size() {
    std::size_t total = 0;
    T value{};
    describe(value, [&](std::uint32_t field, const char*, const auto& member) {
        total += tag_size(field) + max_field_size<std::remove_cvref_t<decltype(member)>>();
    });
    return total;
}

template <class... Alternatives>
constexpr std::size_t max_alternative(const std::variant<Alternatives...>*) {
    std::size_t most = 0;
    ((most = max_size<Alternatives>() > most ? max_size<Alternatives>() : most), ...);
    return 2 + kMessageLength + most;
}
constexpr std::size_t kMaxInput = max_alternative(static_cast<const oms::InputBody*>(nullptr));
constexpr std::size_t kMaxOutput = max_alternative(static_cast<const oms::Output*>(nullptr));
static_assert(kMaxInput < 16384 && kMaxOutput < 16384, "kMessageLength no longer holds every message");

inline char* put_varint(char* out, std::uint64_t value) {
    while (value >= 0x80) {
        *out++ = static_cast<char>(value | 0x80U);
        value >>= 7U;
    }
    *out++ = static_cast<char>(value);
    return out;
}

inline char* put_tag(char* out, std::uint32_t field, WireType type) {
    return put_varint(out, (field << 3U) | static_cast<std::uint32_t>(type));
}

inline char* put_fixed64(char* out, std::uint64_t value) {
    std::memcpy(out, &value, sizeof value);
    return out + sizeof value;
}

/// Fills in the length of a body that ends at `end`; its two bytes lie before `body`.
inline char* close_message(char* body, char* end) {
    const auto size = static_cast<std::size_t>(end - body);
    body[-2] = static_cast<char>((size & 0x7FU) | 0x80U);
    body[-1] = static_cast<char>(size >> 7U);
    return end;
}

inline char* put_body(char* out, Decimal value) {
    char* const body = out + kShortLength;
    char* end = body;
    const std::int64_t mantissa = value.mantissa();
    if (mantissa != 0) {
        end = put_tag(end, 1, WireType::Varint);
        const auto zigzag =
            (static_cast<std::uint64_t>(mantissa) << 1U) ^ static_cast<std::uint64_t>(mantissa >> 63);
        end = put_varint(end, zigzag);
    }
    if (value.scale() != 0) {
        *end++ = static_cast<char>(2U << 3U);
        *end++ = static_cast<char>(value.scale());
    }
    *out = static_cast<char>(end - body);
    return end;
}

inline char* put_body(char* out, const Notional& value) {
    char* const body = out + kShortLength;
    char* end = body;
    const Int128 mantissa = value.mantissa();
    if (const auto high = static_cast<std::uint64_t>(mantissa >> 64); high != 0) {
        end = put_fixed64(put_tag(end, 1, WireType::Fixed64), high);
    }
    if (const auto low = static_cast<std::uint64_t>(mantissa); low != 0) {
        end = put_fixed64(put_tag(end, 2, WireType::Fixed64), low);
    }
    if (value.scale() != 0) {
        *end++ = static_cast<char>(3U << 3U);
        *end++ = static_cast<char>(value.scale());
    }
    *out = static_cast<char>(end - body);
    return end;
}

template <class T>
char* put_members(char* out, const T& value);

/// Zero is the default of every Protobuf field and is left out, except inside an optional, where
/// being there at all is the information.
enum class Zero : std::uint8_t { Omit, Write };

template <Zero kZero, class T>
inline char* put_field(char* out, std::uint32_t field, const T& value) {
    if constexpr (OptionalField<T>) {
        return value ? put_field<Zero::Write>(out, field, *value) : out;
    } else if constexpr (NumberField<T>) {
        const std::uint64_t number = number_of(value);
        if (kZero == Zero::Omit && number == 0) return out;
        return put_varint(put_tag(out, field, WireType::Varint), number);
    } else if constexpr (TimeField<T>) {
        if (kZero == Zero::Omit && value.ns == 0) return out;
        return put_fixed64(put_tag(out, field, WireType::Fixed64), static_cast<std::uint64_t>(value.ns));
    } else if constexpr (TextField<T>) {
        static_assert(T::kCapacity < 128, "kShortLength no longer holds every text");
        if (kZero == Zero::Omit && value.empty()) return out;
        out = put_tag(out, field, WireType::Bytes);
        *out++ = static_cast<char>(value.size());
        std::memcpy(out, value.view().data(), T::kCapacity);
        return out + value.size();
    } else if constexpr (DecimalField<T>) {
        if (kZero == Zero::Omit && value.is_zero()) return out;
        return put_body(put_tag(out, field, WireType::Bytes), decimal_of(value));
    } else if constexpr (std::same_as<T, Notional>) {
        if (kZero == Zero::Omit && value.is_zero()) return out;
        return put_body(put_tag(out, field, WireType::Bytes), value);
    } else {
        char* const body = put_tag(out, field, WireType::Bytes) + kMessageLength;
        char* const end = put_members(body, value);
        if (kZero == Zero::Omit && end == body) return out;
        return close_message(body, end);
    }
}

// Flattened, so that the cursor lives in a register: called through a reference it would be stored and
// loaded again around every byte, which a char* may alias.
template <class T>
[[gnu::flatten]] inline char* put_members(char* out, const T& value) {
    describe(value, [&](std::uint32_t field, const char*, const auto& member) {
        out = put_field<Zero::Omit>(out, field, member);
    });
    return out;
}

/// A `oneof`.
template <class... Alternatives>
inline char* put_variant(char* out, const std::variant<Alternatives...>& value) {
    static constexpr auto kNumbers =
        oneof_numbers(static_cast<const std::variant<Alternatives...>*>(nullptr));
    const std::uint32_t field = kNumbers[value.index()];
    return std::visit([&](const auto& held) { return put_field<Zero::Write>(out, field, held); }, value);
}

}  // namespace penstock::persistence
