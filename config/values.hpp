#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "fix/session/settings.hpp"

namespace penstock::config {

// Single values that both file formats share: each is read from text or is nothing.

/// "08:30:00" as the second of the day.
std::optional<int> second_of_day(std::string_view text);
/// "monday", "Mon", "MO": 0 Sunday .. 6 Saturday.
std::optional<int> day_of_week(std::string_view text);
/// Is there such a zone on this machine?
bool is_time_zone(const std::string& name);
/// The zone this machine is in; UTC when it does not say.
std::string local_time_zone();

/// The address as the system writes it; "localhost" becomes 127.0.0.1. Other names are nothing: a
/// listener must not depend on a name service.
std::optional<std::string> ip_address(const std::string& text);
/// Of an address from `ip_address`.
bool is_loopback(const std::string& address);
bool is_wildcard(const std::string& address);

std::optional<fix::Version> version_of(std::string_view begin_string);
/// As fix::session_name, which needs the whole FIX library.
std::string name_of(const fix::SessionSettings& settings);

/// Looks like what `penstockd hash-password` prints.
bool is_argon2id(std::string_view text);
bool is_readable_file(const std::filesystem::path& file);
/// Nothing when it is no regular file or cannot be read.
std::optional<std::string> read_file(const std::filesystem::path& file);

}  // namespace penstock::config
