#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "config/cfg_file.hpp"
#include "config/findings.hpp"
#include "config/section.hpp"

namespace penstock::config {

/// One session of a .cfg, key by key, with QuickFIX's own spelling of values. As with Section, a key
/// that is absent leaves what is there. What it is made of outlives it.
class CfgSession {
  public:
    CfgSession(const CfgSection& section, const std::filesystem::path& file, Findings& findings)
        : section_(section), file_(file), findings_(findings) {}

    /// None when absent or empty.
    const CfgValue* find(std::string_view key) const;
    std::string text(std::string_view key) const;
    /// A problem when it is not there.
    std::string require(std::string_view key, std::string_view example);
    void read(std::string_view key, bool& out);
    template <std::integral Number>
    void read(std::string_view key, Number& out, Bounds bounds) {
        if (const auto number = integer(key, bounds)) out = static_cast<Number>(*number);
    }
    /// A file seen from where Penstock runs, which is QuickFIX's way, or from the .cfg. Empty when
    /// neither can be read.
    std::string existing_file(std::string_view key) const;

    /// Of the key, or of [SESSION] when the key is absent.
    Place place(std::string_view key = {}) const;
    void problem(std::string_view key, std::string text);
    void warning(std::string_view key, std::string text);

  private:
    std::optional<std::int64_t> integer(std::string_view key, Bounds bounds);

    const CfgSection& section_;
    const std::filesystem::path& file_;
    Findings& findings_;
};

}  // namespace penstock::config
