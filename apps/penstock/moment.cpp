#include "apps/penstock/moment.hpp"

#include <charconv>

#include "persistence/history/moment.hpp"

namespace penstock::apps {

std::optional<UpTo> parse_up_to(std::string_view text) {
    if (text.empty()) return UpTo{};
    std::uint64_t seq = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seq);
    if (error == std::errc{} && end == text.data() + text.size()) return UpTo{seq, std::nullopt};
    const auto moment = history::parse_last_moment(text);
    if (!moment) return std::nullopt;
    return UpTo{std::nullopt, moment};
}

}  // namespace penstock::apps
