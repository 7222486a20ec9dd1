#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "oms/domain/time.hpp"

namespace penstock::reports {

/// The formats a field of a report can have; spec/reports/README.md explains each. `digits` and `decimals`
/// are the bounds of those that have any; zero: none.
struct Type {
    enum class Name : std::uint8_t {
        Text,
        Code,      // like Text, but a code of the regulation
        Alphanum,  // at most `digits` characters
        Integer,   // at most `digits` digits
        Number,    // the same; in JSON a number
        Decimal,   // at most `digits` digits, `decimals` of them after the point; rounded, not cut
        Price,     // the same; in JSON a number
        Boolean,
        DateTime,  // microseconds
        Nanotime,  // nanoseconds
        Date,
        EpochNs,  // nanoseconds since 1970
        CmeTime,  // YYYYMMDD-hh:mm:ss.sssssssss
        Isin,
        Lei,
        Mic,
        Currency,
        Object,  // JSON as it is
        Raw,     // a message as it was
    };
    Name name = Name::Text;
    int digits = 0;
    int decimals = 0;
};

/// "DECIMAL-18/13"; nothing when there is no such type.
std::optional<Type> type_of(std::string_view text);

/// Puts a value into the format of a type, in place. What is wrong with it, or nothing: then it stays as it
/// was. An empty value is right for every type.
std::optional<std::string> put_into_format(const Type& type, std::string& value);

/// A number text without more decimals than that, rounded half away from zero. `text` must be a number.
std::string rounded(std::string_view text, int decimals);

}  // namespace penstock::reports
