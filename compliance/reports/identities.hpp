#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "compliance/reports/tsv.hpp"

namespace penstock::reports {

/// Which fields of which kinds the reports ask for.
using KnownFields = std::map<std::string, std::set<std::string, std::less<>>, std::less<>>;

/// One value somebody wants to tell, as it stands in a file.
struct IdentityKey {
    std::string_view kind;
    std::string_view name;  // of the firm: empty
    std::string_view field;
};
/// What is wrong with it, and what is known; nothing when a report asks for it. A value that no report asks
/// for is a misspelt one: the report would say that it is missing.
std::optional<Problem> why_unknown(const KnownFields& known, const IdentityKey& key);

/// What the product does not know and the user tells: LEIs, FDIDs, ISINs, MICs. By kind ("firm", "account",
/// "symbol", "venue", "session", "client", "actor"), name and field. Nothing is ever made up in its place.
class Identities {
  public:
    /// Lines of kind, name, field, value. The name of the firm is empty or "-". A key that is not known, or
    /// said twice, is a problem.
    static std::variant<Identities, Problem> parse(std::string file, std::string_view text,
                                                   const KnownFields& known);

    void set(std::string_view kind, std::string_view name, std::string_view field, std::string value);
    /// Empty when nobody said it.
    std::string_view find(std::string_view kind, std::string_view name, std::string_view field) const;
    std::size_t size() const { return values_.size(); }

  private:
    std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace penstock::reports
