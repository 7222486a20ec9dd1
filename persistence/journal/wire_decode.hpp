#pragma once

#include <array>
#include <cstring>
#include <limits>
#include <string_view>
#include <utility>
#include <variant>

#include "persistence/journal/wire_fields.hpp"

namespace penstock::persistence {

// The reading half of the wire format. Private to wire.cpp. Functions return false when the bytes do
// not decode, and never look past `end`.

struct Tag {
    std::uint32_t field = 0;  // 0: none; no field has this number
    WireType type = WireType::Varint;
};

struct Reader {
    const char* at;
    const char* end;

    bool empty() const { return at == end; }
    std::size_t left() const { return static_cast<std::size_t>(end - at); }
};

// Those that are not inlined are shared by all messages: inlined into each field of each message they are
// hundreds of kilobytes, and what is executed of that does not stay in the processor's cache. They take and
// return the place instead of the reader, which then lives in registers.

/// One whose first byte is not its last. The place behind it; null when it does not end.
[[gnu::noinline]] inline const char* read_long_varint(const char* at, const char* end, std::uint64_t& value) {
    std::uint64_t sum = 0;
    for (unsigned shift = 0; shift < 70 && at != end; shift += 7) {
        const auto byte = static_cast<unsigned char>(*at++);
        sum |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if (byte >= 0x80) continue;
        value = sum;
        return at;
    }
    return nullptr;
}

inline bool get_varint(Reader& in, std::uint64_t& value) {
    if (!in.empty() && static_cast<unsigned char>(*in.at) < 0x80) {  // nearly all of them
        value = static_cast<unsigned char>(*in.at++);
        return true;
    }
    std::uint64_t read = 0;
    const char* const behind = read_long_varint(in.at, in.end, read);
    if (behind == nullptr) return false;
    in.at = behind;
    value = read;
    return true;
}

inline bool get_varint32(Reader& in, std::uint32_t& value) {
    std::uint64_t wide = 0;
    if (!get_varint(in, wide) || wide > std::numeric_limits<std::uint32_t>::max()) return false;
    value = static_cast<std::uint32_t>(wide);
    return true;
}

inline bool get_tag(Reader& in, Tag& tag) {
    std::uint32_t key = 0;
    if (!get_varint32(in, key)) return false;
    tag = {key >> 3U, static_cast<WireType>(key & 7U)};
    return tag.field != 0;
}

inline bool get_fixed64(Reader& in, std::uint64_t& value) {
    if (in.left() < sizeof value) return false;
    std::memcpy(&value, in.at, sizeof value);
    in.at += sizeof value;
    return true;
}

inline bool get_bytes(Reader& in, std::string_view& bytes) {
    std::uint64_t size = 0;
    if (!get_varint(in, size) || size > in.left()) return false;
    bytes = {in.at, static_cast<std::size_t>(size)};
    in.at += size;
    return true;
}

inline bool get_message(Reader& in, Reader& body) {
    std::string_view bytes;
    if (!get_bytes(in, bytes)) return false;
    body = {bytes.data(), bytes.data() + bytes.size()};
    return true;
}

inline bool skip_field(Reader& in, WireType type) {
    std::uint64_t number = 0;
    std::string_view bytes;
    switch (type) {
        case WireType::Varint: return get_varint(in, number);
        case WireType::Fixed64: return get_fixed64(in, number);
        case WireType::Bytes: return get_bytes(in, bytes);
        case WireType::Fixed32:
            if (in.left() < 4) return false;
            in.at += 4;
            return true;
    }
    return false;  // groups and the two wire types that do not exist
}

[[gnu::noinline]] inline bool get_body(Reader in, Decimal& value) {
    std::uint64_t zigzag = 0;
    std::uint32_t scale = 0;
    while (!in.empty()) {
        Tag tag;
        if (!get_tag(in, tag)) return false;
        bool read = true;
        if (tag.field == 1 && tag.type == WireType::Varint)
            read = get_varint(in, zigzag);
        else if (tag.field == 2 && tag.type == WireType::Varint)
            read = get_varint32(in, scale);
        else
            read = skip_field(in, tag.type);
        if (!read) return false;
    }
    if (scale > static_cast<std::uint32_t>(Decimal::kMaxScale)) return false;
    const auto mantissa = static_cast<std::int64_t>((zigzag >> 1U) ^ (0 - (zigzag & 1U)));
    if (scale == 0) {  // nearly all of them
        value = Decimal::whole(mantissa);
        return true;
    }
    const auto made = Decimal::from_parts(mantissa, static_cast<int>(scale));
    if (!made) return false;
    value = *made;
    return true;
}

[[gnu::noinline]] inline bool get_body(Reader in, Notional& value) {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    std::uint32_t scale = 0;
    while (!in.empty()) {
        Tag tag;
        if (!get_tag(in, tag)) return false;
        bool read = true;
        if (tag.field == 1 && tag.type == WireType::Fixed64)
            read = get_fixed64(in, high);
        else if (tag.field == 2 && tag.type == WireType::Fixed64)
            read = get_fixed64(in, low);
        else if (tag.field == 3 && tag.type == WireType::Varint)
            read = get_varint32(in, scale);
        else
            read = skip_field(in, tag.type);
        if (!read) return false;
    }
    if (scale > static_cast<std::uint32_t>(Notional::kMaxScale)) return false;
    const auto mantissa = (static_cast<Int128>(static_cast<std::int64_t>(high)) << 64) | low;
    const auto made = Notional::from_parts(mantissa, static_cast<int>(scale));
    if (!made) return false;
    value = *made;
    return true;
}

template <class T>
bool get_members(Reader in, T& value);

/// The place behind it; null when it is cut off or too long.
template <TextField T>
[[gnu::noinline]] inline const char* read_text(const char* at, const char* end, T& value) {
    Reader in{at, end};
    std::string_view text;
    return get_bytes(in, text) && value.assign(text) ? in.at : nullptr;
}

template <NumberField T>
inline bool get_number(Reader& in, T& value) {
    std::uint64_t number = 0;
    if (!get_varint(in, number)) return false;
    if constexpr (std::same_as<T, bool>) {
        value = number != 0;
    } else if constexpr (IdField<T>) {
        if (number > std::numeric_limits<typename T::Value>::max()) return false;
        value.value = static_cast<typename T::Value>(number);
    } else if constexpr (EnumField<T>) {
        if (number > std::numeric_limits<std::uint8_t>::max()) return false;
        value = static_cast<T>(static_cast<std::uint8_t>(number));
    } else {
        if (number > std::numeric_limits<T>::max()) return false;
        value = static_cast<T>(number);
    }
    return true;
}

template <class T>
inline bool get_field(Reader& in, WireType type, T& value) {
    if constexpr (OptionalField<T>) {
        if (!value) value.emplace();
        return get_field(in, type, *value);
    } else if constexpr (NumberField<T>) {
        return type == WireType::Varint && get_number(in, value);
    } else if constexpr (TimeField<T>) {
        std::uint64_t ns = 0;
        if (type != WireType::Fixed64 || !get_fixed64(in, ns)) return false;
        value.ns = static_cast<std::int64_t>(ns);
        return true;
    } else if constexpr (TextField<T>) {
        const char* const behind = type == WireType::Bytes ? read_text(in.at, in.end, value) : nullptr;
        if (behind == nullptr) return false;
        in.at = behind;
        return true;
    } else if constexpr (DecimalField<T>) {
        Reader body{};
        Decimal decimal;
        if (type != WireType::Bytes || !get_message(in, body) || !get_body(body, decimal)) return false;
        if constexpr (std::same_as<T, Decimal>)
            value = decimal;
        else
            value.value = decimal;
        return true;
    } else if constexpr (std::same_as<T, Notional>) {
        Reader body{};
        return type == WireType::Bytes && get_message(in, body) && get_body(body, value);
    } else {
        Reader body{};
        return type == WireType::Bytes && get_message(in, body) && get_members(body, value);
    }
}

/// Zero is what an absent field means, whatever a freshly made struct holds.
template <class T>
inline void set_zero(T& value) {
    if constexpr (NumberField<T> || TimeField<T>) value = T{};
}

/// Fields come in the order of the list, so one walk through the list reads a whole message; another
/// walk is only needed for one that another program wrote in another order.
template <class T>
[[gnu::flatten, gnu::noinline]] inline bool get_members(Reader in, T& value) {
    describe(value, [](std::uint32_t, const char*, auto& member) { set_zero(member); });
    if (in.empty()) return true;
    Tag tag;
    bool good = get_tag(in, tag);
    while (good && tag.field != 0) {
        bool progress = false;
        describe(value, [&](std::uint32_t field, const char*, auto& member) {
            if (tag.field != field) return;
            progress = true;
            good = get_field(in, tag.type, member);
            tag.field = 0;
            if (good && !in.empty()) good = get_tag(in, tag);
            if (!good) tag.field = 0;
        });
        if (progress) continue;
        good = skip_field(in, tag.type);
        tag.field = 0;
        if (good && !in.empty()) good = get_tag(in, tag);
    }
    return good;
}

/// Reads a `oneof` message: exactly one alternative this program knows.
template <class... Alternatives>
inline bool get_variant(Reader in, std::variant<Alternatives...>& value) {
    using Variant = std::variant<Alternatives...>;
    using Get = bool (*)(Reader, Variant&);
    static constexpr std::array<Get, sizeof...(Alternatives)> kGet = {+[](Reader body, Variant& held) {
        return get_members(body, held.template emplace<Alternatives>());
    }...};
    bool found = false;
    while (!in.empty()) {
        Tag tag;
        if (!get_tag(in, tag)) return false;
        if (tag.field > kGet.size()) {
            if (!skip_field(in, tag.type)) return false;
            continue;
        }
        Reader body{};
        if (tag.type != WireType::Bytes || !get_message(in, body)) return false;
        if (!kGet[tag.field - 1](body, value)) return false;
        found = true;
    }
    return found;
}

}  // namespace penstock::persistence
