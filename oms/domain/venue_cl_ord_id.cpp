#include "oms/domain/venue_cl_ord_id.hpp"

#include <array>
#include <charconv>

namespace penstock::oms {
namespace {

constexpr std::size_t kPrefix = 9;  // instance and epoch

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

char* write_base36(char* out, std::uint64_t value) {
    constexpr std::string_view kDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    std::array<char, 13> digits{};
    std::size_t count = 0;
    do {
        digits[count++] = kDigits[value % 36];
        value /= 36;
    } while (value != 0);
    while (count > 0) *out++ = digits[--count];
    return out;
}

/// Accepts only the canonical text, so one request has one id.
template <class Number>
bool read_base36(std::string_view text, Number& value) {
    if (text.empty() || (text.size() > 1 && text.front() == '0')) return false;
    for (const char c : text)
        if (c != upper(c)) return false;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 36);
    return error == std::errc{} && end == text.data() + text.size();
}

std::array<char, kPrefix> prefix(const IdSpace& space) {
    std::array<char, kPrefix> text{};
    text.fill('0');
    for (std::size_t i = 0; i < space.instance.size(); ++i) text[i] = space.instance.view()[i];
    std::uint64_t epoch = space.epoch;
    for (std::size_t i = kPrefix; i-- > 2;) {
        write_base36(&text[i], epoch % 36);
        epoch /= 36;
    }
    return text;
}

}  // namespace

std::uint64_t epoch_of(Timestamp created) {
    constexpr std::int64_t k2026 = 1'767'225'600;  // 2026-01-01T00:00:00Z
    constexpr std::int64_t kHundredth = 10'000'000;
    constexpr std::int64_t kEpochs = 78'364'164'096;  // 36^7
    const std::int64_t hundredths = created.ns / kHundredth - k2026 * 100;
    return static_cast<std::uint64_t>(((hundredths % kEpochs) + kEpochs) % kEpochs);
}

ClOrdId venue_cl_ord_id(const IdSpace& space, ChildRequest request) {
    std::array<char, ClOrdId::kCapacity> text{};
    const auto head = prefix(space);
    char* out = std::copy(head.begin(), head.end(), text.data());
    *out++ = '-';
    out = write_base36(out, request.child.value);
    *out++ = '-';
    out = write_base36(out, request.revision);
    return *ClOrdId::from({text.data(), static_cast<std::size_t>(out - text.data())});
}

std::optional<ChildRequest> parse_venue_cl_ord_id(const IdSpace& space, std::string_view text) {
    const auto head = prefix(space);
    if (text.size() < kPrefix + 4 || text.substr(0, kPrefix) != std::string_view(head.data(), kPrefix) ||
        text[kPrefix] != '-')
        return std::nullopt;
    const std::string_view rest = text.substr(kPrefix + 1);
    const std::size_t dash = rest.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    ChildRequest request;
    if (!read_base36(rest.substr(0, dash), request.child.value) ||
        !read_base36(rest.substr(dash + 1), request.revision) || request.child.is_none())
        return std::nullopt;
    return request;
}

namespace {
constexpr std::string_view kBook = "BOOK-";
constexpr std::string_view kPositions = "POS-";

RequestId request_id(std::string_view kind, const IdSpace& space, std::uint32_t request) {
    std::array<char, RequestId::kCapacity> text{};
    const ClOrdId id = venue_cl_ord_id(space, {ChildId{request}, 0});
    char* const out = std::ranges::copy(id.view(), std::ranges::copy(kind, text.data()).out).out;
    return *RequestId::from({text.data(), static_cast<std::size_t>(out - text.data())});
}

std::uint32_t parse_request_id(std::string_view kind, const IdSpace& space, std::string_view text) {
    if (!text.starts_with(kind)) return 0;
    const auto request = parse_venue_cl_ord_id(space, text.substr(kind.size()));
    return request ? static_cast<std::uint32_t>(request->child.value) : 0;
}
}  // namespace

RequestId book_request_id(const IdSpace& space, std::uint32_t request) {
    return request_id(kBook, space, request);
}

std::uint32_t parse_book_request_id(const IdSpace& space, std::string_view text) {
    return parse_request_id(kBook, space, text);
}

RequestId position_request_id(const IdSpace& space, std::uint32_t request) {
    return request_id(kPositions, space, request);
}

std::uint32_t parse_position_request_id(const IdSpace& space, std::string_view text) {
    return parse_request_id(kPositions, space, text);
}

}  // namespace penstock::oms
