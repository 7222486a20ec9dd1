#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "oms/domain/decimal.hpp"
#include "oms/domain/time.hpp"

namespace penstock::fix {

inline constexpr char kSoh = '\x01';

/// Appends "tag=value<SOH>" fields to a buffer somebody else owns. A field that does not fit is left
/// out whole and `overflowed` stays true until `clear`. Keep one for a long time: it remembers the
/// text of the current day and second, which is most of the work of writing a timestamp.
class BodyWriter {
  public:
    BodyWriter(char* buffer, std::size_t capacity) : buffer_(buffer), capacity_(capacity) {}

    void clear();
    bool overflowed() const { return overflowed_; }
    std::string_view view() const { return {buffer_, size_}; }

    void text(std::uint32_t tag, std::string_view value);
    void character(std::uint32_t tag, char value);
    void number(std::uint32_t tag, std::uint64_t value);
    void decimal(std::uint32_t tag, Decimal value);
    /// UTCTimestamp with `precision` 0..9 decimals of a second, cut off, not rounded. Years 1970-2262.
    void timestamp(std::uint32_t tag, Timestamp value, int precision);

  private:
    char* open(std::uint32_t tag, std::size_t value_bytes);
    void close(char* end);
    void write_second(std::int64_t second);

    char* buffer_;
    std::size_t capacity_;
    std::size_t size_ = 0;
    bool overflowed_ = false;
    std::int64_t cached_day_ = -1;
    std::int64_t cached_second_ = -1;
    std::array<char, 17> second_text_{};  // "YYYYMMDD-HH:MM:SS" of cached_second_
};

}  // namespace penstock::fix
