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

/// Reads tables of a TOML file, each value with the line it stands in.
class TomlIdentities {
  public:
    TomlIdentities(const std::string& file, const reports::KnownFields& known) : file_(file), known_(known) {}

    /// `[firm]` has values, `[kind.NAME]` has them for each name.
    Read read(const toml::table& table) {
        for (const auto& [kind, node] : table) {
            const toml::table* const names = node.as_table();
            if (names == nullptr) return at(node) + std::string(kind.str()) + " is no table";
            if (kind.str() == "firm") {
                take_fields("firm", "", *names);
                continue;
            }
            for (const auto& [name, fields] : *names) take_name(kind.str(), name.str(), fields);
        }
        if (!problem_.empty()) return problem_;
        return std::move(made_);
    }

  private:
    std::string at(const toml::node& node) const {
        return file_ + ":" + std::to_string(node.source().begin.line) + ": ";
    }
    /// The first problem counts.
    void wrong(const toml::node& node, const std::string& why) {
        if (problem_.empty()) problem_ = at(node) + why;
    }
    void take_name(std::string_view kind, std::string_view name, const toml::node& fields) {
        if (fields.as_table() == nullptr)
            wrong(fields, std::string(kind) + "." + std::string(name) + " is no table");
        else
            take_fields(kind, name, *fields.as_table());
    }
    void take_fields(std::string_view kind, std::string_view name, const toml::table& fields) {
        for (const auto& [field, node] : fields) {
            if (const auto why = reports::why_unknown(known_, {kind, name, field.str()})) wrong(node, *why);
            const auto value = value_of(node);
            if (value)
                made_.set(kind, name, field.str(), *value);
            else
                wrong(node,
                      std::string(field.str()) +
                          " is neither text, whole number nor true or false; write numbers with a point "
                          "in quotes");
        }
    }

    const std::string& file_;
    const reports::KnownFields& known_;
    reports::Identities made_;
    std::string problem_;
};

Read from_toml(const std::string& file, const std::string& text, const reports::KnownFields& known) {
    try {
        return TomlIdentities(file, known).read(toml::parse(text, file));
    } catch (const toml::parse_error& error) {
        std::ostringstream text_of;
        text_of << error;
        return text_of.str();
    }
}

}  // namespace

Read read_identities(const std::string& file, const reports::KnownFields& known) {
    if (file.empty()) return reports::Identities{};
    std::ifstream in(file, std::ios::binary);
    if (!in) return file + ": cannot be read";
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (file.ends_with(".toml")) return from_toml(file, text, known);
    return reports::Identities::parse(file, text, known);
}

}  // namespace penstock::apps
