#include "fix/codec/message_index.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "fix/codec/checksum.hpp"
#include "fix/codec/tables.hpp"
#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

constexpr char kSoh = '\x01';
constexpr std::uint64_t kEachByte = 0x0101010101010101ULL;
constexpr std::uint64_t kEachTop = 0x8080808080808080ULL;
constexpr std::size_t kWord = sizeof(std::uint64_t);
static_assert(std::endian::native == std::endian::little, "find_soh counts bytes from the low end");

/// Tags of more digits do not exist.
constexpr std::size_t kMaxTagDigits = 6;
/// "10=nnn" and its SOH.
constexpr std::size_t kCheckSumField = 7;

std::uint64_t word_at(const char* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, kWord);
    return word;
}

/// First SOH in [at, end), or end. Eight bytes a step: most values are shorter than that, and
/// memchr's set-up would cost more than the search.
const char* find_soh(const char* at, const char* end) {
    for (; static_cast<std::size_t>(end - at) >= kWord; at += kWord) {
        const std::uint64_t zeros = word_at(at) ^ kEachByte;  // a SOH becomes a zero byte
        const std::uint64_t found = (zeros - kEachByte) & ~zeros & kEachTop;
        if (found != 0) return at + (std::countr_zero(found) >> 3);
    }
    while (at != end && *at != kSoh) ++at;
    return at;
}

/// "digits=", no leading zero. Returns one past the "=" and the tag, or null.
const char* read_tag(const char* at, const char* end, std::uint32_t& tag) {
    if (at == end || *at == '0') return nullptr;
    const char* const limit = at + std::min<std::size_t>(kMaxTagDigits, static_cast<std::size_t>(end - at));
    std::uint32_t value = 0;
    for (; at != limit; ++at) {
        const auto digit = static_cast<unsigned>(*at - '0');
        if (digit > 9) break;
        value = value * 10 + digit;
    }
    if (value == 0 || at == end || *at != '=') return nullptr;
    tag = value;
    return at + 1;
}

}  // namespace

bool MessageIndex::parse(std::string_view frame) {
    frame_ = frame;
    count_ = 0;
    const char* const begin = frame.data();
    const char* const end = begin + frame.size();
    for (const char* at = begin; at != end;) {
        std::uint32_t tag = 0;
        const char* const value = read_tag(at, end, tag);
        if (value == nullptr) return false;
        const char* stop = find_soh(value, end);
        if (const std::uint32_t length_tag = length_tag_of(tag); length_tag != 0) {
            if (count_ == 0 || fields_[count_ - 1].tag != length_tag) return false;
            const auto announced = parse_number(this->value(fields_[count_ - 1]));
            if (!announced || *announced >= static_cast<std::size_t>(end - value) ||
                value[*announced] != kSoh)
                return false;
            stop = value + *announced;
        }
        if (stop == end || stop == value || count_ == kMaxFields) return false;
        fields_[count_++] = {
            tag, static_cast<std::uint32_t>(value - begin), static_cast<std::uint32_t>(stop - value)};
        at = stop + 1;
    }
    return has_standard_ends();
}

bool MessageIndex::has_standard_ends() const {
    if (count_ < 4 || fields_[0].tag != 8 || fields_[1].tag != 9 || fields_[2].tag != 35 ||
        fields_[count_ - 1].tag != 10)
        return false;
    const auto announced = parse_number(value(fields_[1]));
    if (!announced) return false;
    const std::size_t body_begin = fields_[1].offset + fields_[1].length + 1;
    const std::size_t body_end = frame_.size() - kCheckSumField;
    const FieldRef& check_sum = fields_[count_ - 1];
    if (check_sum.length != 3 || body_end < body_begin || *announced != body_end - body_begin) return false;
    return parse_number(value(check_sum)) == byte_sum(frame_.substr(0, body_end));
}

}  // namespace penstock::fix
