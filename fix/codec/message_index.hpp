#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace penstock::fix {

/// Where one field's value lies in the frame.
struct FieldRef {
    std::uint32_t tag = 0;
    std::uint32_t offset = 0;  // of the value's first byte
    std::uint32_t length = 0;  // of the value
};

/// The fields of one message in wire order. Views the frame, so the frame must outlive it; holds no
/// heap memory. About 24 KB: keep one per connection or thread and parse into it again and again.
class MessageIndex {
  public:
    /// A longer message is not indexed: the slow lane takes it.
    static constexpr std::size_t kMaxFields = 2048;

    /// True when the structure is sound: BeginString(8), BodyLength(9) and MsgType(35) first, every
    /// field "digits=value" with a value, length-prefixed data fields as long as announced, BodyLength
    /// and CheckSum(10) right and the latter last, with nothing behind it. On false nothing but another
    /// `parse` may be called.
    bool parse(std::string_view frame);

    /// The first field with this tag.
    std::optional<std::string_view> find(std::uint32_t tag) const {
        for (const FieldRef& field : fields())
            if (field.tag == tag) return value(field);
        return std::nullopt;
    }

    std::span<const FieldRef> fields() const { return {fields_.data(), count_}; }
    std::string_view value(const FieldRef& field) const {
        return {frame_.data() + field.offset, field.length};
    }
    std::string_view begin_string() const { return value(fields_[0]); }
    std::string_view msg_type() const { return value(fields_[2]); }
    std::string_view frame() const { return frame_; }

  private:
    bool has_standard_ends(std::uint64_t sum_of_all_bytes) const;

    std::string_view frame_;
    std::size_t count_ = 0;
    std::array<FieldRef, kMaxFields> fields_;
};

}  // namespace penstock::fix
