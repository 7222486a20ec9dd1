#include "fix/codec/validate.hpp"

#include <algorithm>
#include <array>

#include "fix/codec/tables.hpp"
#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

constexpr std::uint32_t kApplVerId = 1128;
constexpr std::string_view kApplVerIdOf50Sp2 = "9";
constexpr int kMaxGroupDepth = 6;
constexpr std::uint32_t kMaxGroupCount = MessageIndex::kMaxFields;
/// Bits for every tag any version's tables know.
constexpr std::size_t kSeenWords = kTagTableSize / 64 + 1;

bool same(std::string_view left, std::string_view right) {
    // The texts are one or two characters: a loop is cheaper than memcmp.
    if (left.size() != right.size()) return false;
    for (std::size_t i = 0; i < left.size(); ++i)
        if (left[i] != right[i]) return false;
    return true;
}

const MessageRules* rules_for(const VersionRules& version, std::string_view msg_type) {
    for (std::size_t i = 0; i < kServedCount; ++i)
        if (same(kServed[i], msg_type))
            return version.messages[i].places != nullptr ? &version.messages[i] : nullptr;
    return nullptr;
}

bool is_one_of(const VersionRules& version, const FieldRule& rule, std::string_view text) {
    for (std::uint16_t i = 0; i < rule.count; ++i)
        if (same(version.texts[rule.first + i], text)) return true;
    return false;
}

bool is_allowed(const VersionRules& version, const FieldRule& rule, std::string_view text) {
    switch (rule.values) {
        case Values::Any: return true;
        case Values::OneChar: {
            const auto code = static_cast<unsigned char>(text.front());
            if (text.size() != 1 || code > 127) return false;
            const CharSet& set = version.char_sets[rule.first];
            return ((code < 64 ? set.low >> code : set.high >> (code - 64)) & 1) != 0;
        }
        case Values::OneText: return is_one_of(version, rule, text);
        case Values::EachText:
            for (;;) {
                const std::size_t blank = text.find(' ');
                if (!is_one_of(version, rule, text.substr(0, blank))) return false;
                if (blank == std::string_view::npos) return true;
                text.remove_prefix(blank + 1);
            }
    }
    return false;
}

bool has_format(Kind kind, std::string_view text) {
    switch (kind) {
        case Kind::Text: return true;
        case Kind::Char: return text.size() == 1;
        case Kind::Int: return is_int(text);
        case Kind::Count: return parse_number(text).has_value();
        case Kind::Float: return is_float(text);
        case Kind::Boolean: return text.size() == 1 && (text[0] == 'Y' || text[0] == 'N');
        case Kind::Timestamp: return is_timestamp(text);
        case Kind::TimeOnly: return is_time(text);
        case Kind::Date: return is_date(text);
        case Kind::Data: return false;
    }
    return false;
}

bool has_valid_value(const VersionRules& version, std::uint32_t tag, std::string_view text) {
    const FieldRule& rule = version.fields[tag];
    // Most fields are such, and are done with here.
    if (rule.kind == Kind::Text && rule.values == Values::Any) return true;
    return has_format(rule.kind, text) && is_allowed(version, rule, text);
}

/// Walks over a message's fields; `next` is the first one not looked at.
struct Walk {
    const MessageIndex& message;
    const VersionRules& version;
    std::size_t next = 0;

    const FieldRef& field() const { return message.fields()[next]; }
    bool at_end() const { return next == message.fields().size(); }
};

bool check_group(Walk& walk, const GroupRule& rule, std::uint32_t count, int depth);

/// One instance of a group: the delimiter, then members in the standard's order. Leaves `walk` at the
/// first field that does not continue it.
bool check_instance(Walk& walk, const GroupRule& rule, int depth) {
    const GroupMember* const first = walk.version.members + rule.first;
    const GroupMember* const last = first + rule.count;
    const GroupMember* expected = first;
    while (!walk.at_end()) {
        const FieldRef& field = walk.field();
        const GroupMember* member = expected;
        while (member != last && member->tag != field.tag) ++member;
        if (member == last || (expected == first && member != first)) break;
        for (; expected != member; ++expected)
            if (expected->required) return false;
        ++expected;
        const std::string_view value = walk.message.value(field);
        if (!has_valid_value(walk.version, field.tag, value)) return false;
        ++walk.next;
        if (member->group != 0 && !check_group(walk, walk.version.groups[member->group],
                                               parse_number(value).value_or(0), depth + 1))
            return false;
    }
    if (expected == first) return false;
    for (; expected != last; ++expected)
        if (expected->required) return false;
    return true;
}

/// `count` instances, and then a field that is no member: QuickFIX would take a member behind the
/// last instance for the start of another one.
bool check_group(Walk& walk, const GroupRule& rule, std::uint32_t count, int depth) {
    if (count == 0 || count > kMaxGroupCount || depth > kMaxGroupDepth) return false;
    for (std::uint32_t i = 0; i < count; ++i)
        if (!check_instance(walk, rule, depth)) return false;
    if (walk.at_end()) return true;
    for (std::uint16_t i = 0; i < rule.count; ++i)
        if (walk.version.members[rule.first + i].tag == walk.field().tag) return false;
    return true;
}

bool check_body_group(Walk& walk, const MessageRules& rules, std::uint32_t tag, std::string_view value) {
    for (std::uint16_t i = 0; i < rules.group_count; ++i)
        if (rules.groups[i].tag == tag)
            return check_group(
                walk, walk.version.groups[rules.groups[i].group], parse_number(value).value_or(0), 1);
    return false;  // a group of the header: left to the slow lane
}

}  // namespace

Verdict check(const MessageIndex& message, Version version) {
    if (message.begin_string() != begin_string(version)) return Verdict::NotClean;
    const VersionRules& tables = rules_of(version);
    const MessageRules* const rules = rules_for(tables, message.msg_type());
    if (rules == nullptr) return Verdict::NotClean;

    std::array<std::uint64_t, kSeenWords> seen;  // cleared as far as the version's tags go
    std::fill_n(seen.begin(), tables.tag_limit / 64 + 1, 0);
    std::uint8_t section = Place::kHeader;
    std::uint16_t required = 0;
    Walk walk{message, tables};
    while (!walk.at_end()) {
        const FieldRef& field = walk.field();
        if (field.tag >= tables.tag_limit) return Verdict::NotClean;
        const std::uint8_t place = rules->places[field.tag];
        const std::uint8_t belongs = place & Place::kSection;
        std::uint64_t& word = seen[field.tag / 64];
        const std::uint64_t bit = std::uint64_t{1} << (field.tag % 64);
        if (belongs == 0 || belongs < section || (word & bit) != 0) return Verdict::NotClean;
        word |= bit;
        section = belongs;
        required = static_cast<std::uint16_t>(required + ((place & Place::kRequired) != 0 ? 1 : 0));
        const std::string_view value = message.value(field);
        if (!has_valid_value(tables, field.tag, value)) return Verdict::NotClean;
        if (field.tag == kApplVerId && value != kApplVerIdOf50Sp2) return Verdict::NotClean;
        ++walk.next;
        if ((place & Place::kGroup) != 0 && !check_body_group(walk, *rules, field.tag, value))
            return Verdict::NotClean;
    }
    return required == rules->required ? Verdict::Clean : Verdict::NotClean;
}

}  // namespace penstock::fix
