#pragma once

#include <compare>
#include <cstdint>

namespace penstock {

/// A length of time in nanoseconds.
struct Duration {
    std::int64_t ns = 0;

    static constexpr Duration milliseconds(std::int64_t count) { return {count * 1'000'000}; }
    static constexpr Duration seconds(std::int64_t count) { return {count * 1'000'000'000}; }
    friend constexpr auto operator<=>(Duration, Duration) = default;
};

/// A moment: nanoseconds since 1970-01-01T00:00:00 UTC. Zero is "not given". Nothing in this folder
/// reads a clock; moments arrive in inputs.
struct Timestamp {
    std::int64_t ns = 0;

    constexpr bool is_none() const { return ns == 0; }
    friend constexpr auto operator<=>(Timestamp, Timestamp) = default;
    friend constexpr Duration operator-(Timestamp left, Timestamp right) { return {left.ns - right.ns}; }
    friend constexpr Timestamp operator+(Timestamp moment, Duration by) { return {moment.ns + by.ns}; }
};

}  // namespace penstock
