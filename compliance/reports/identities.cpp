#include "compliance/reports/identities.hpp"

namespace penstock::reports {
namespace {

std::string key_of(std::string_view kind, std::string_view name, std::string_view field) {
    std::string key(kind);
    key.append("\t").append(name).append("\t").append(field);
    return key;
}

}  // namespace

std::variant<Identities, Problem> Identities::parse(std::string file, std::string_view text) {
    auto parsed = Tsv::parse(std::move(file), text);
    if (const auto* problem = std::get_if<Problem>(&parsed)) return *problem;
    const Tsv& tsv = std::get<Tsv>(parsed);
    for (const char* column : {"kind", "name", "field", "value"})
        if (!tsv.has(column)) return std::string("the identities have no column ") + column;
    Identities made;
    for (const Tsv::Line& line : tsv.lines()) {
        const std::string& name = tsv.at(line, "name");
        made.set(tsv.at(line, "kind"), name == "-" ? "" : name, tsv.at(line, "field"), tsv.at(line, "value"));
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
