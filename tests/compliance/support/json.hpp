#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::compliance::test {

/// A value of a published test vector. Numbers are whole.
struct Json {
    std::string text;  // of a string, or of a number or word as written
    std::vector<Json> items;
    std::map<std::string, Json> members;

    /// Member of an object; an empty value when it has none, as upstream leaves out what is empty.
    const Json& operator[](const std::string& name) const;
    std::uint64_t number() const { return text.empty() ? 0 : std::stoull(text); }
    bool is_true() const { return text == "true"; }
};

/// Throws std::runtime_error when the text is no JSON.
Json parse_json(std::string_view text);

}  // namespace penstock::compliance::test
