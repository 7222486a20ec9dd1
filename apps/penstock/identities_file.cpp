#include "apps/penstock/identities_file.hpp"

#include <toml++/toml.h>
#include <fstream>
#include <iterator>
#include <sstream>

namespace penstock::apps {
namespace {

using Read = std::variant<reports::Identities, std::string>;

/// A value as the reports write it. Numbers come from text in the file: a TOML float would have been rounded.
std::optional<std::string> value_of(const toml::node& node) {
    if (const auto text = node.value_exact<std::string>()) return *text;
    if (const auto flag = node.value_exact<bool>()) return *flag ? "true" : "false";
    if (const auto number = node.value_exact<std::int64_t>()) return std::to_string(*number);
    return std::nullopt;
}

/// `field = value` lines of one name; a problem, or empty.
std::string take_fields(reports::Identities& made, std::string_view kind, std::string_view name,
                        const toml::table& fields) {
    for (const auto& [field, node] : fields) {
        const auto value = value_of(node);
        if (!value)
            return std::string(kind) + " " + std::string(name) + ": " + std::string(field.str()) +
                   " is neither text, whole number nor true or false; write numbers with a point in quotes";
        made.set(kind, name, field.str(), *value);
    }
    return {};
}

Read from_toml(const std::string& file, const std::string& text) {
    try {
        const toml::table table = toml::parse(text, file);
        reports::Identities made;
        for (const auto& [kind, node] : table) {
            const toml::table* const names = node.as_table();
            if (names == nullptr) return file + ": " + std::string(kind.str()) + " is no table";
            std::string problem;
            if (kind.str() == "firm") problem = take_fields(made, "firm", "", *names);
            for (const auto& [name, fields] : *names) {
                if (kind.str() == "firm" || !problem.empty()) break;
                if (fields.as_table() == nullptr)
                    return file + ": " + std::string(kind.str()) + "." + std::string(name.str()) +
                           " is no table";
                problem = take_fields(made, kind.str(), name.str(), *fields.as_table());
            }
            if (!problem.empty()) return file + ": " + problem;
        }
        return made;
    } catch (const toml::parse_error& error) {
        std::ostringstream text_of;
        text_of << error;
        return text_of.str();
    }
}

}  // namespace

Read read_identities(const std::string& file) {
    if (file.empty()) return reports::Identities{};
    std::ifstream in(file, std::ios::binary);
    if (!in) return file + ": cannot be read";
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (file.ends_with(".toml")) return from_toml(file, text);
    return reports::Identities::parse(file, text);
}

}  // namespace penstock::apps
