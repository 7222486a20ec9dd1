#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/findings.hpp"

namespace penstock::config {

/// A TOML document as plain data, with the line of everything. toml++ stays in tree.cpp.
struct Value {
    enum class Kind : std::uint8_t { Text, Integer, Boolean, List, Table, Float, Date };

    Kind kind = Kind::Table;
    int line = 0;
    std::string key;           // members of a table
    std::string text;          // Text
    std::int64_t integer = 0;  // Integer
    bool boolean = false;      // Boolean
    std::vector<Value> items;  // List, and Table: its members
};

/// Nothing, and a problem, when the file cannot be read or is no TOML.
std::optional<Value> read_toml(const std::filesystem::path& file, Findings& findings);

}  // namespace penstock::config
