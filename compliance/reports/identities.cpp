#include "compliance/reports/identities.hpp"

namespace penstock::reports {
namespace {

std::string key_of(std::string_view kind, std::string_view name, std::string_view field) {
    std::string key(kind);
    key.append("\t").append(name).append("\t").append(field);
    return key;
}

template <class Names>
std::string list_of(const Names& names) {
    std::string list;
    for (const auto& name : names) list.append(list.empty() ? "" : ", ").append(name);
    return list;
}

}  // namespace

std::optional<Problem> why_unknown(const KnownFields& known, const IdentityKey& key) {
    const std::string kind(key.kind);
    const auto fields = known.find(key.kind);
    if (fields == known.end()) {
        std::set<std::string> kinds;
        for (const auto& [one, _] : known) kinds.insert(one);
        return "\"" + kind + "\" is no kind of identity; known are " + list_of(kinds);
    }
    if (key.kind == "firm" && !key.name.empty())
        return "the firm has no name, and \"" + std::string(key.name) + "\" is one; write - in its place";
    if (key.kind != "firm" && key.name.empty()) return "which " + kind + "? its name is missing";
    if (fields->second.contains(key.field)) return std::nullopt;
    return "no report asks for " + kind + "." + std::string(key.field) + "; known of " + kind + " are " +
           list_of(fields->second);
}

std::variant<Identities, Problem> Identities::parse(std::string file, std::string_view text,
                                                    const KnownFields& known) {
    auto parsed = Tsv::parse(std::move(file), text);
    if (const auto* problem = std::get_if<Problem>(&parsed)) return *problem;
    const Tsv& tsv = std::get<Tsv>(parsed);
    for (const char* column : {"kind", "name", "field", "value"})
        if (!tsv.has(column)) return std::string("the identities have no column ") + column;
    Identities made;
    for (const Tsv::Line& line : tsv.lines()) {
        const std::string& said = tsv.at(line, "name");
        const std::string_view name = said == "-" ? std::string_view{} : std::string_view(said);
        const IdentityKey key{tsv.at(line, "kind"), name, tsv.at(line, "field")};
        if (const auto why = why_unknown(known, key)) return tsv.place(line) + ": " + *why;
        if (made.values_.contains(key_of(key.kind, key.name, key.field)))
            return tsv.place(line) + ": " + tsv.at(line, "kind") + " " + said + " " + tsv.at(line, "field") +
                   " is said a second time";
        made.set(key.kind, key.name, key.field, tsv.at(line, "value"));
    }
    return made;
}

void Identities::set(std::string_view kind, std::string_view name, std::string_view field,
                     std::string value) {
    values_[key_of(kind, name, field)] = std::move(value);
}

std::string_view Identities::find(std::string_view kind, std::string_view name,
                                  std::string_view field) const {
    const auto found = values_.find(key_of(kind, name, field));
    return found == values_.end() ? std::string_view{} : std::string_view(found->second);
}

}  // namespace penstock::reports
