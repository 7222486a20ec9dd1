#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

// FIX 4.4 by hand, without any code of the systems that are measured.
namespace penstock::bench {

inline constexpr char kSoh = '\x01';
inline constexpr std::size_t kBrokenFrame = static_cast<std::size_t>(-1);

/// Size of the message at the front of `bytes`; 0 when more bytes are needed.
std::size_t frame_size(std::string_view bytes);

std::uint32_t byte_sum(std::string_view bytes);

/// "YYYYMMDD-HH:MM:SS.mmm" of now, made anew only when the millisecond has changed.
class UtcText {
  public:
    std::string_view at(std::int64_t monotonic_ns);

  private:
    std::int64_t offset_ns_ = 0;  // from CLOCK_MONOTONIC to UTC; read once
    std::int64_t cached_ms_ = -1;
    std::int64_t cached_s_ = -1;
    std::array<char, 22> text_{};
};

/// The fields of one message in wire order.
class FieldIndex {
  public:
    struct Field {
        std::uint32_t tag;
        std::uint32_t begin;
        std::uint32_t length;
    };
    /// True when every field is "digits=value", and BodyLength(9) and CheckSum(10) are right.
    bool parse(std::string_view frame);
    /// The first field with this tag; empty when there is none.
    std::string_view find(std::uint32_t tag) const;
    char msg_type() const { return type_; }  // its first character; all types used here have one
    std::string_view frame() const { return frame_; }
    /// Everything behind the standard header and in front of CheckSum(10).
    std::string_view body() const;

  private:
    static constexpr std::size_t kMost = 64;
    std::string_view frame_;
    std::array<Field, kMost> fields_;
    std::size_t count_ = 0;
    char type_ = '\0';
};

/// Digits only; what follows the last digit is ignored.
std::uint32_t number_of(std::string_view digits);

/// Composes one message: `begin`, fields, `seal`.
class Composer {
  public:
    void begin() { end_ = kBodyAt; }
    void add(std::string_view text) {
        std::memcpy(buffer_.data() + end_, text.data(), text.size());
        end_ += text.size();
    }
    /// `prefix`: "38=".
    void add(std::string_view prefix, std::string_view value) {
        add(prefix);
        add(value);
        buffer_[end_++] = kSoh;
    }
    void add(std::string_view prefix, char value) { add(prefix, std::string_view(&value, 1)); }
    /// With leading zeros, so that every message has the same size.
    void add_padded(std::string_view prefix, std::uint64_t value, int width);
    /// Puts BeginString(8) and BodyLength(9) in front and CheckSum(10) behind. Valid until `begin`.
    std::string_view seal();

  private:
    static constexpr std::size_t kBodyAt = 32;
    std::array<char, 2048> buffer_;  // the longest message here has some 300 bytes
    std::size_t end_ = kBodyAt;
};

}  // namespace penstock::bench
