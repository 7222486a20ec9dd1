#include "config/cfg_session.hpp"

#include <charconv>

#include "config/values.hpp"

namespace penstock::config {

const CfgValue* CfgSession::find(std::string_view key) const {
    const auto found = section_.values.find(to_lower(key));
    return found == section_.values.end() || found->second.text.empty() ? nullptr : &found->second;
}

std::string CfgSession::text(std::string_view key) const {
    const CfgValue* value = find(key);
    return value == nullptr ? std::string() : value->text;
}

std::string CfgSession::require(std::string_view key, std::string_view example) {
    if (find(key) == nullptr) {
        problem(key, "is missing; expected " + std::string(key) + "=" + std::string(example));
    }
    return text(key);
}

void CfgSession::read(std::string_view key, bool& out) {
    const CfgValue* value = find(key);
    if (value == nullptr) return;
    if (value->text != "Y" && value->text != "N") {
        return problem(key, "is " + in_quotes(value->text) + "; expected Y or N");
    }
    out = value->text == "Y";
}

std::optional<std::int64_t> CfgSession::integer(std::string_view key, Bounds bounds) {
    const CfgValue* value = find(key);
    if (value == nullptr) return std::nullopt;
    std::int64_t number = 0;
    const char* end = value->text.data() + value->text.size();
    const auto parsed = std::from_chars(value->text.data(), end, number);
    const bool is_number = parsed.ec == std::errc() && parsed.ptr == end;
    if (is_number && bounds.low <= number && number <= bounds.high) return number;
    problem(key, "is " + in_quotes(value->text) + "; expected a whole number from " +
                     std::to_string(bounds.low) + " to " + std::to_string(bounds.high));
    return std::nullopt;
}

std::string CfgSession::existing_file(std::string_view key) const {
    const std::string name = text(key);
    if (name.empty()) return {};
    for (const std::filesystem::path& path : {std::filesystem::path(name), file_.parent_path() / name}) {
        if (is_readable_file(path)) return path.string();
    }
    return {};
}

Place CfgSession::place(std::string_view key) const {
    const CfgValue* value = find(key);
    return {file_.string(), value == nullptr ? section_.line : value->line};
}

void CfgSession::problem(std::string_view key, std::string text) {
    findings_.problem(place(key), key, std::move(text));
}

void CfgSession::warning(std::string_view key, std::string text) {
    findings_.warning(place(key), key, std::move(text));
}

}  // namespace penstock::config
