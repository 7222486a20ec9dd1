#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "oms/domain/decimal.hpp"
#include "persistence/history/fields.hpp"

namespace penstock::history {

/// What kind of value a column holds, for writers that tell them apart.
enum class Kind : std::uint8_t { Number, Decimal, Text, Time, Flag };

// A value as text, appended; an absent one appends nothing. Enumerations of FIX are their character, our own
// their name; times are "2026-11-27T14:03:07.123456789Z".
void append(std::string& out, std::uint64_t value);
void append(std::string& out, Timestamp value);
void append(std::string& out, Decimal value);
void append(std::string& out, const Notional& value);

template <class T>
struct Shape;  // kind and text of a field's type
/// A number a message or a venue gives; zero: none.
template <>
struct Shape<std::uint32_t> {
    static constexpr Kind kKind = Kind::Number;
    static void write(std::string& out, std::uint32_t value) {
        if (value != 0) append(out, std::uint64_t{value});
    }
};
/// A count, or a place: zero is one of its values.
template <>
struct Shape<std::uint64_t> {
    static constexpr Kind kKind = Kind::Number;
    static void write(std::string& out, std::uint64_t value) { append(out, value); }
};
template <class Tag, class Number>
struct Shape<StrongId<Tag, Number>> {
    static constexpr Kind kKind = Kind::Number;
    static void write(std::string& out, StrongId<Tag, Number> value) {
        if (!value.is_none()) append(out, std::uint64_t{value.value});
    }
};
template <>
struct Shape<bool> {
    static constexpr Kind kKind = Kind::Flag;
    static void write(std::string& out, bool value) { out += value ? "true" : "false"; }
};
template <>
struct Shape<char> {
    static constexpr Kind kKind = Kind::Text;
    static void write(std::string& out, char value) {
        if (value != '\0') out += value;
    }
};
template <>
struct Shape<Timestamp> {
    static constexpr Kind kKind = Kind::Time;
    static void write(std::string& out, Timestamp value) {
        if (!value.is_none()) append(out, value);
    }
};
template <>
struct Shape<Decimal> {
    static constexpr Kind kKind = Kind::Decimal;
    static void write(std::string& out, Decimal value) { append(out, value); }
};
template <>
struct Shape<Notional> {
    static constexpr Kind kKind = Kind::Decimal;
    static void write(std::string& out, const Notional& value) { append(out, value); }
};
template <std::size_t N>
struct Shape<FixedText<N>> {
    static constexpr Kind kKind = Kind::Text;
    static void write(std::string& out, const FixedText<N>& value) { out += value.view(); }
};
template <>
struct Shape<std::string_view> {
    static constexpr Kind kKind = Kind::Text;
    static void write(std::string& out, std::string_view value) { out += value; }
};
template <>
struct Shape<std::string> {
    static constexpr Kind kKind = Kind::Text;
    static void write(std::string& out, const std::string& value) { out += value; }
};
template <>
struct Shape<Direction> {
    static constexpr Kind kKind = Kind::Text;
    static void write(std::string& out, Direction value) { out += to_text(value); }
};
template <>
struct Shape<ExecutionKind> {
    static constexpr Kind kKind = Kind::Text;
    static void write(std::string& out, ExecutionKind value) { out += to_text(value); }
};
template <>
struct Shape<oms::Reason> {
    static constexpr Kind kKind = Kind::Text;
    static void write(std::string& out, oms::Reason value) {
        if (value != oms::Reason::None) out += oms::to_text(value);
    }
};
template <class T>
struct Shape<std::optional<T>> {
    static constexpr Kind kKind = Shape<T>::kKind;
    static void write(std::string& out, const std::optional<T>& value) {
        if (value) Shape<T>::write(out, *value);
    }
};

/// One column of a row: its name, kind, and how its value is written. Made once, used for every row.
struct Column {
    std::string_view name;
    Kind kind = Kind::Text;
    std::size_t offset = 0;
    void (*write_at)(std::string& out, const void* field) = nullptr;

    /// Appends the value of this column of `row`, which is a row of the struct the column was made of.
    template <class Row>
    void write(std::string& out, const Row& row) const {
        write_at(out, reinterpret_cast<const char*>(&row) + offset);
    }
};

/// All columns of a row, in order.
template <class Row>
const std::vector<Column>& columns_of() {
    static const std::vector<Column> columns = [] {
        std::vector<Column> made;
        const Row row{};
        describe(row, [&]<class T>(const char* name, const T& member) {
            const auto offset = static_cast<std::size_t>(
                reinterpret_cast<const char*>(&member) - reinterpret_cast<const char*>(&row));
            made.push_back({name, Shape<T>::kKind, offset, [](std::string& out, const void* field) {
                                Shape<T>::write(out, *static_cast<const T*>(field));
                            }});
        });
        return made;
    }();
    return columns;
}

/// The column of that name, or null.
template <class Row>
const Column* column_of(std::string_view name) {
    for (const Column& column : columns_of<Row>())
        if (column.name == name) return &column;
    return nullptr;
}

}  // namespace penstock::history
