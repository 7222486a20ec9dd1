#include "config/tree.hpp"

#include "config/values.hpp"

#define TOML_HEADER_ONLY 0  // The shared library: parsing is compiled once, by Debian.
#include <toml++/toml.h>

namespace penstock::config {
namespace {

Value convert(const toml::node& node) {
    Value value;
    value.line = static_cast<int>(node.source().begin.line);
    switch (node.type()) {
        case toml::node_type::table:
            value.kind = Value::Kind::Table;
            for (const auto& [key, member] : *node.as_table()) {
                value.items.push_back(convert(member));
                value.items.back().key = std::string(key.str());
            }
            break;
        case toml::node_type::array:
            value.kind = Value::Kind::List;
            for (const toml::node& item : *node.as_array()) value.items.push_back(convert(item));
            break;
        case toml::node_type::string:
            value.kind = Value::Kind::Text;
            value.text = node.as_string()->get();
            break;
        case toml::node_type::integer:
            value.kind = Value::Kind::Integer;
            value.integer = node.as_integer()->get();
            break;
        case toml::node_type::boolean:
            value.kind = Value::Kind::Boolean;
            value.boolean = node.as_boolean()->get();
            break;
        case toml::node_type::floating_point: value.kind = Value::Kind::Float; break;
        case toml::node_type::none:
        case toml::node_type::date:
        case toml::node_type::time:
        case toml::node_type::date_time: value.kind = Value::Kind::Date; break;
    }
    return value;
}

}  // namespace

std::optional<Value> read_toml(const std::filesystem::path& file, Findings& findings) {
    const auto text = read_file(file);
    if (!text) {
        findings.problem({file.string(), 0}, "", "cannot be read; expected a TOML file");
        return std::nullopt;
    }
    try {
        return convert(toml::parse(*text));
    } catch (const toml::parse_error& error) {
        const int line = static_cast<int>(error.source().begin.line);
        findings.problem({file.string(), line}, "", std::string(error.description()));
    } catch (const std::exception& error) {
        findings.problem({file.string(), 0}, "", error.what());
    }
    return std::nullopt;
}

}  // namespace penstock::config
