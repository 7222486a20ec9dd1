#include "bench/relay/fix_text.hpp"

#include <time.h>

#include <cstdio>

#include "bench/support/clock.hpp"

namespace penstock::bench {
namespace {

constexpr std::string_view kBegin =
    "8=FIX.4.4\x01"
    "9=";
constexpr std::size_t kTrailer = 7;  // "10=ccc<SOH>"

bool is_header(std::uint32_t tag) {
    return tag == 8 || tag == 9 || tag == 34 || tag == 35 || tag == 49 || tag == 52 || tag == 56;
}

}  // namespace

std::size_t frame_size(std::string_view bytes) {
    if (bytes.size() < kBegin.size() + 4) return 0;
    if (bytes.substr(0, kBegin.size()) != kBegin) return kBrokenFrame;
    std::size_t at = kBegin.size();
    std::size_t length = 0;
    for (; at < bytes.size() && bytes[at] != kSoh; ++at) {
        if (bytes[at] < '0' || bytes[at] > '9' || length > 100'000) return kBrokenFrame;
        length = length * 10 + static_cast<std::size_t>(bytes[at] - '0');
    }
    const std::size_t size = at + 1 + length + kTrailer;
    return size <= bytes.size() ? size : 0;
}

std::uint32_t byte_sum(std::string_view bytes) {
    // Eight bytes a step: four 16-bit lanes of even and of odd bytes, folded before they can overflow.
    constexpr std::uint64_t kEven = 0x00FF00FF00FF00FFULL;
    std::uint64_t lanes = 0;
    std::size_t at = 0;
    for (; at + 8 <= bytes.size() && at < 1000; at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, 8);
        lanes += (word & kEven) + ((word >> 8) & kEven);
    }
    std::uint32_t sum = 0;
    for (; lanes != 0; lanes >>= 16) sum += static_cast<std::uint32_t>(lanes & 0xFFFF);
    for (; at < bytes.size(); ++at) sum += static_cast<unsigned char>(bytes[at]);
    return sum;
}

std::string_view UtcText::at(std::int64_t monotonic_ns) {
    if (offset_ns_ == 0) {
        timespec utc{};
        clock_gettime(CLOCK_REALTIME, &utc);
        offset_ns_ = std::int64_t{utc.tv_sec} * 1'000'000'000 + utc.tv_nsec - now_ns();
    }
    const std::int64_t ms = (monotonic_ns + offset_ns_) / 1'000'000;
    if (ms != cached_ms_) {
        cached_ms_ = ms;
        if (ms / 1000 != cached_s_) {
            cached_s_ = ms / 1000;
            const time_t seconds = cached_s_;
            tm parts{};
            gmtime_r(&seconds, &parts);
            strftime(text_.data(), text_.size(), "%Y%m%d-%H:%M:%S.000", &parts);
        }
        text_[18] = static_cast<char>('0' + ms / 100 % 10);
        text_[19] = static_cast<char>('0' + ms / 10 % 10);
        text_[20] = static_cast<char>('0' + ms % 10);
    }
    return {text_.data(), 21};
}

bool FieldIndex::parse(std::string_view frame) {
    frame_ = frame;
    count_ = 0;
    std::uint32_t begin = 0;
    std::uint32_t tag = 0;
    const auto size = static_cast<std::uint32_t>(frame.size());
    for (std::uint32_t at = 0; at < size;) {
        tag = 0;
        for (; at < size && frame[at] >= '0' && frame[at] <= '9'; ++at)
            tag = tag * 10 + static_cast<std::uint32_t>(frame[at] - '0');
        if (at >= size || frame[at] != '=' || count_ == kMost) return false;
        begin = ++at;
        while (at < size && frame[at] != kSoh) ++at;
        if (at == size) return false;
        fields_[count_++] = {tag, begin, at - begin};
        ++at;
    }
    if (count_ < 4 || fields_[1].tag != 9 || fields_[2].tag != 35 || tag != 10) return false;
    const std::uint32_t body_at = fields_[1].begin + fields_[1].length + 1;
    const std::uint32_t trailer_at = fields_[count_ - 1].begin - 3;
    if (number_of(frame.substr(fields_[1].begin)) != trailer_at - body_at) return false;
    if (number_of(frame.substr(fields_[count_ - 1].begin)) != byte_sum(frame.substr(0, trailer_at)) % 256)
        return false;
    type_ = frame[fields_[2].begin];
    return true;
}

std::string_view FieldIndex::find(std::uint32_t tag) const {
    for (std::size_t i = 0; i < count_; ++i)
        if (fields_[i].tag == tag) return frame_.substr(fields_[i].begin, fields_[i].length);
    return {};
}

std::string_view FieldIndex::body() const {
    std::size_t first = 0;
    while (first < count_ && is_header(fields_[first].tag)) ++first;
    const std::size_t begin = first == 0 ? 0 : fields_[first - 1].begin + fields_[first - 1].length + 1;
    return frame_.substr(begin, frame_.size() - kTrailer - begin);
}

std::uint32_t number_of(std::string_view digits) {
    std::uint32_t value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') break;
        value = value * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return value;
}

void Composer::add_padded(std::string_view prefix, std::uint64_t value, int width) {
    add(prefix);
    for (int at = width - 1; at >= 0; --at) {
        buffer_[end_ + static_cast<std::size_t>(at)] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
    end_ += static_cast<std::size_t>(width);
    buffer_[end_++] = kSoh;
}

std::string_view Composer::seal() {
    std::size_t at = kBodyAt;
    buffer_[--at] = kSoh;
    for (std::size_t length = end_ - kBodyAt; length != 0; length /= 10)
        buffer_[--at] = static_cast<char>('0' + length % 10);
    at -= kBegin.size();
    std::memcpy(buffer_.data() + at, kBegin.data(), kBegin.size());
    const std::uint32_t sum = byte_sum({buffer_.data() + at, end_ - at}) % 256;
    add_padded("10=", sum, 3);
    return {buffer_.data() + at, end_ - at};
}

}  // namespace penstock::bench
