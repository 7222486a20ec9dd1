#include "config/values.hpp"

#include <arpa/inet.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <system_error>

#include "config/findings.hpp"

namespace penstock::config {
namespace {

constexpr std::string_view kZones = "/usr/share/zoneinfo/";
constexpr std::array<std::string_view, 7> kDays{
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};

std::optional<int> two_digits(std::string_view text, int limit) {
    const bool digits = '0' <= text[0] && text[0] <= '9' && '0' <= text[1] && text[1] <= '9';
    if (!digits) return std::nullopt;
    const int number = (text[0] - '0') * 10 + (text[1] - '0');
    if (number >= limit) return std::nullopt;
    return number;
}

}  // namespace

std::optional<int> second_of_day(std::string_view text) {
    if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
    const auto hours = two_digits(text.substr(0, 2), 24);
    const auto minutes = two_digits(text.substr(3, 2), 60);
    const auto seconds = two_digits(text.substr(6, 2), 60);
    if (!hours || !minutes || !seconds) return std::nullopt;
    return *hours * 3600 + *minutes * 60 + *seconds;
}

std::optional<int> day_of_week(std::string_view text) {
    const std::string day = to_lower(text);
    if (day.size() < 2) return std::nullopt;
    const auto found = std::find_if(
        kDays.begin(), kDays.end(), [&](std::string_view known) { return known.starts_with(day); });
    if (found == kDays.end()) return std::nullopt;
    return static_cast<int>(found - kDays.begin());
}

bool is_time_zone(const std::string& name) {
    const auto allowed = [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '/' || c == '_' || c == '-' || c == '+';
    };
    if (name.empty() || name[0] == '/' || !std::all_of(name.begin(), name.end(), allowed)) return false;
    return is_readable_file(std::filesystem::path(kZones) / name);
}

std::string local_time_zone() {
    std::error_code error;
    const std::string target = std::filesystem::canonical("/etc/localtime", error).string();
    if (error || !target.starts_with(kZones)) return "UTC";
    const std::string name = target.substr(kZones.size());
    return is_time_zone(name) ? name : "UTC";
}

std::optional<std::string> ip_address(const std::string& text) {
    if (to_lower(text) == "localhost") return "127.0.0.1";
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    std::array<char, INET6_ADDRSTRLEN> written{};
    for (const int family : {AF_INET, AF_INET6}) {
        if (inet_pton(family, text.c_str(), bytes.data()) != 1) continue;
        if (inet_ntop(family, bytes.data(), written.data(), written.size()) == nullptr) continue;
        return std::string(written.data());
    }
    return std::nullopt;
}

bool is_loopback(const std::string& address) { return address.starts_with("127.") || address == "::1"; }
bool is_wildcard(const std::string& address) { return address == "0.0.0.0" || address == "::"; }

std::optional<fix::Version> version_of(std::string_view begin_string) {
    for (const auto version : {fix::Version::Fix42, fix::Version::Fix44, fix::Version::Fix50Sp2}) {
        if (fix::begin_string(version) == begin_string) return version;
    }
    return std::nullopt;
}

std::string name_of(const fix::SessionSettings& settings) {
    std::string name(fix::begin_string(settings.version));
    name += ':' + settings.sender_comp_id + "->" + settings.target_comp_id;
    if (!settings.qualifier.empty()) name += ':' + settings.qualifier;
    return name;
}

bool is_argon2id(std::string_view text) {
    return text.starts_with("$argon2id$v=") && std::count(text.begin(), text.end(), '$') == 5;
}

bool is_readable_file(const std::filesystem::path& file) {
    std::error_code error;
    return std::filesystem::is_regular_file(file, error) && ::access(file.c_str(), R_OK) == 0;
}

std::optional<std::string> read_file(const std::filesystem::path& file) {
    if (!is_readable_file(file)) return std::nullopt;
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (stream.bad()) return std::nullopt;
    return text;
}

}  // namespace penstock::config
