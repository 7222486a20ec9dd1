#include "fix/codec/message_index.hpp"

#include <algorithm>

#include "fix/codec/soh_scanner.hpp"
#include "fix/codec/tables.hpp"
#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

constexpr char kSoh = '\x01';
/// Tags of more digits do not exist.
constexpr std::size_t kMaxTagDigits = 6;
/// "10=nnn" and its SOH.
constexpr std::size_t kCheckSumField = 7;

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
    SohScanner scanner(begin, end);
    for (const char* at = begin; at != end;) {
        std::uint32_t tag = 0;
        const char* const value = read_tag(at, end, tag);
        if (value == nullptr) return false;
        const char* stop = scanner.find(value);
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
    return has_standard_ends(scanner.sum());
}

bool MessageIndex::has_standard_ends(std::uint64_t sum) const {
    if (count_ < 4 || fields_[0].tag != 8 || fields_[1].tag != 9 || fields_[2].tag != 35 ||
        fields_[count_ - 1].tag != 10)
        return false;
    const auto announced = parse_number(value(fields_[1]));
    if (!announced) return false;
    const std::size_t body_begin = fields_[1].offset + fields_[1].length + 1;
    const std::size_t body_end = frame_.size() - kCheckSumField;
    const FieldRef& check_sum = fields_[count_ - 1];
    if (check_sum.length != 3 || body_end < body_begin || *announced != body_end - body_begin) return false;
    for (const char c : frame_.substr(body_end)) sum -= static_cast<unsigned char>(c);
    return parse_number(value(check_sum)) == (sum & 0xff);
}

}  // namespace penstock::fix
