#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>

#include "oms/domain/fields.hpp"
#include "oms/ports/journal.hpp"

namespace penstock::persistence {

// What the encoder and the decoder both need to know about a field's type. Private to wire.cpp and
// the test of the schema.

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, oms::WireNumber>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "output", m.output);
    visit(2, "session", m.session);
    visit(3, "msg_seq_num", m.msg_seq_num);
}

/// Of message WireNumber, beside the members described above.
inline constexpr std::uint32_t kWireMessage = 4;

/// Numbers of message Record; a test compares them with spec/proto/journal.proto.
enum class RecordField : std::uint32_t {
    Seq = 1,
    Time = 2,
    Origin = 3,
    Input = 4,
    Outputs = 5,
    Numbers = 6,
    Raw = 7,
    SessionSent = 8,
};

enum class WireType : std::uint32_t { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 };

template <class T>
struct IsStrongId : std::false_type {};
template <class Tag, class Number>
struct IsStrongId<StrongId<Tag, Number>> : std::true_type {};

template <class T>
struct IsFixedText : std::false_type {};
template <std::size_t Capacity>
struct IsFixedText<FixedText<Capacity>> : std::true_type {};

template <class T>
struct IsDecimalOf : std::false_type {};
template <class Tag>
struct IsDecimalOf<DecimalOf<Tag>> : std::true_type {};

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T>
concept IdField = IsStrongId<T>::value;
template <class T>
concept TextField = IsFixedText<T>::value;
template <class T>
concept TimeField = std::same_as<T, Timestamp> || std::same_as<T, Duration>;
template <class T>
concept DecimalField = std::same_as<T, Decimal> || IsDecimalOf<T>::value;
template <class T>
concept EnumField = std::is_enum_v<T> && sizeof(T) == 1;
template <class T>
concept NumberField = std::same_as<T, bool> || std::same_as<T, std::uint32_t> ||
    std::same_as<T, std::uint64_t> || EnumField<T> || IdField<T>;
template <class T>
concept OptionalField = IsOptional<T>::value;

constexpr Decimal decimal_of(Decimal value) { return value; }
template <class Tag>
constexpr Decimal decimal_of(DecimalOf<Tag> value) {
    return value.value;
}

/// A bool, number, enum (by its code) or id as the number it is stored as.
template <NumberField T>
constexpr std::uint64_t number_of(T value) {
    if constexpr (IdField<T>)
        return value.value;
    else if constexpr (EnumField<T>)
        return static_cast<std::uint8_t>(value);
    else
        return value;
}

}  // namespace penstock::persistence
