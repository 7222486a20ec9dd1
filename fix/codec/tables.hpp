#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fix/codec/version.hpp"

namespace penstock::fix {

// The shape of the tables tools/gen_fix.py makes from spec/fix. Inside this room only.

/// How a field's value must look.
enum class Kind : std::uint8_t {
    Text,
    Char,
    Int,
    Count,
    Float,
    Boolean,
    Timestamp,
    TimeOnly,
    Date,
    Data,  // may hold <SOH>; left to the slow lane
};

/// Which values are allowed.
enum class Values : std::uint8_t {
    Any,
    OneChar,   // one character out of a CharSet
    OneText,   // one of a list of texts
    EachText,  // space-separated, each one of a list of texts
};

struct FieldRule {
    Kind kind = Kind::Text;
    Values values = Values::Any;
    std::uint16_t first = 0;  // index of the CharSet or of the first text
    std::uint16_t count = 0;  // how many texts
};

/// A set of 7-bit characters.
struct CharSet {
    std::uint64_t low;   // codes 0..63
    std::uint64_t high;  // codes 64..127
};

struct GroupMember {
    std::uint16_t tag;
    std::uint16_t group;  // index of a nested group's rule; 0 when this is a plain field
    bool required;
};

/// A repeating group: its members in the standard's order, the delimiter first.
struct GroupRule {
    std::uint16_t count_tag;
    std::uint16_t first;
    std::uint16_t count;
};

/// Where a message's group rules are. Sorted by nothing: there are at most a dozen.
struct GroupAt {
    std::uint16_t tag;
    std::uint16_t group;
};

/// One byte a tag: the section the tag belongs to and two marks.
struct Place {
    static constexpr std::uint8_t kSection = 3;  // mask: 0 not in this message, then as below
    static constexpr std::uint8_t kHeader = 1;
    static constexpr std::uint8_t kBody = 2;
    static constexpr std::uint8_t kTrailer = 3;
    static constexpr std::uint8_t kRequired = 4;
    static constexpr std::uint8_t kGroup = 8;
};

struct MessageRules {
    const std::uint8_t* places = nullptr;  // null: the version lacks this message
    const GroupAt* groups = nullptr;
    std::uint16_t group_count = 0;
    std::uint16_t required = 0;  // how many fields are required, header and trailer included
};

/// Everything about one version. `messages` is indexed as kServed.
struct VersionRules {
    const FieldRule* fields;
    std::uint32_t tag_limit;  // tags from here on are unknown to the fast lane
    const CharSet* char_sets;
    const std::string_view* texts;
    const GroupMember* members;
    const GroupRule* groups;
    const MessageRules* messages;
};

/// The messages with rules; must match SERVED in tools/gen_fix.py.
inline constexpr std::string_view kServed[] = {"D", "F", "G", "H", "AF", "q", "8", "9", "r",  "j",  "V",
                                               "W", "X", "Y", "E", "K",  "L", "M", "N", "AN", "AO", "AP"};
inline constexpr std::size_t kServedCount = sizeof(kServed) / sizeof(kServed[0]);

const VersionRules& rules_of(Version version);

/// No table knows a tag from here on; must match TAG_LIMIT in tools/gen_fix.py.
inline constexpr std::uint32_t kTagTableSize = 2600;
extern const std::uint16_t kLengthTagOf[kTagTableSize];

/// The field that says how long a data field of any version is, or 0 when the tag is no data field.
inline std::uint32_t length_tag_of(std::uint32_t tag) { return tag < kTagTableSize ? kLengthTagOf[tag] : 0; }

}  // namespace penstock::fix
