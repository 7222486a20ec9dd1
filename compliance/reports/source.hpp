#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "compliance/reports/facts.hpp"

namespace penstock::reports {

/// Where the value of a cell comes from, as a table says it:
///   quantity                a column of the row
///   fix:528                 a tag of the message of the row, as it was
///   entry:528               the same of the message the order came with
///   party:3                 PartyID(448) with PartyRole(452)=3 of the message the order came with
///   identity:account.lei    what the user told of the account of the row
///   @event                  worked out; derived.cpp has the names
///   =text                   always that
class Source {
  public:
    /// Nothing, when there is no such source for rows of that kind.
    static std::optional<Source> parse(std::string_view text, RowKind kind);

    /// Appends the value; nothing when it is not known.
    void write(std::string& out, const Facts& facts) const;
    /// Why the value is not there, for the list of exceptions.
    std::string why_missing(const Facts& facts) const;
    bool reads_entry() const;
    /// What it asks the identities for; nothing when it does not.
    struct Asked {
        std::string_view kind;
        std::string_view field;
    };
    std::optional<Asked> asks() const;

  private:
    struct OfColumn {
        const history::Column* column;
    };
    struct OfRaw {
        int tag;
        bool is_entry;
    };
    struct OfParty {
        int role;
    };
    struct OfIdentity {
        std::string kind;
        const history::Column* key;  // null: the firm, or the client
        std::string field;
    };
    struct Derived {
        std::string_view name;
        void (*write)(std::string& out, const Facts& facts);
    };
    struct Literal {
        std::string text;
    };
    using Form = std::variant<OfColumn, OfRaw, OfParty, OfIdentity, Derived, Literal>;

    explicit Source(Form form) : form_(std::move(form)) {}
    static std::optional<Form> identity(std::string_view text, RowKind kind);
    static std::string key_of(const OfIdentity& m, const Facts& facts);

    Form form_;
};

const history::Column* column_of(RowKind kind, std::string_view name);

/// What is worked out, by its name without the `@`; null when there is no such.
using Deriving = void (*)(std::string& out, const Facts& facts);
struct DerivedName {
    std::string_view name;
    Deriving write;
};
const DerivedName* derived(std::string_view name);

}  // namespace penstock::reports
