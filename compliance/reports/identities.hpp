#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>

#include "compliance/reports/tsv.hpp"

namespace penstock::reports {

/// What the product does not know and the user tells: LEIs, FDIDs, ISINs, MICs. By kind ("firm", "account",
/// "symbol", "venue", "session", "client", "actor"), name and field. Nothing is ever made up in its place.
class Identities {
  public:
    /// Lines of kind, name, field, value. The name of the firm is empty or "-".
    static std::variant<Identities, Problem> parse(std::string file, std::string_view text);

    void set(std::string_view kind, std::string_view name, std::string_view field, std::string value);
    /// Empty when nobody said it.
    std::string_view find(std::string_view kind, std::string_view name, std::string_view field) const;
    std::size_t size() const { return values_.size(); }

  private:
    std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace penstock::reports
