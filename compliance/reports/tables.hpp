#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compliance/reports/source.hpp"
#include "compliance/reports/tsv.hpp"
#include "compliance/reports/values.hpp"

namespace penstock::reports {

/// One column of a report: a line of its table.
struct Field {
    std::string position;
    std::string name;
    Type type;
    bool is_mandatory = false;
    std::vector<Source> sources;  // the first that knows the value; none: nobody here knows it
    const std::map<std::string, std::string, std::less<>>* codes = nullptr;  // translation; null: as it is
    std::string codes_name;
};

/// `source` has one of these values; all conditions of a rule must hold.
struct Condition {
    Source source;
    std::vector<std::string> values;
    bool is_not = false;
    bool is_of_kind = false;  // the rule of an event asks it before all others
};

/// The code of the first rule whose conditions hold is that of the event.
struct EventRule {
    std::string code;
    std::vector<std::string> kinds;  // of events it can be about: looked at first, because that is quick
    std::vector<Condition> conditions;
};

/// A report as its tables describe it.
struct Report {
    std::string id;
    std::string version;
    std::string title;
    std::string basis;  // the rule that asks for it
    RowKind kind = RowKind::OrderEvent;
    std::vector<Condition> select;
    const std::vector<EventRule>* events = nullptr;  // null: its events have no codes
    bool only_coded = false;                         // an event without a code is not in it
    /// By code of the event when the fields differ by event; else under the empty name.
    std::map<std::string, std::vector<Field>, std::less<>> fields;
    std::vector<std::string> formats;  // those it may be written in
    bool needs_entry = false;          // it reads the messages that orders came with

    const std::vector<Field>* fields_for(std::string_view code) const;
};

/// All tables of spec/reports. Reading them checks every word, so that a report never meets one it does not
/// know.
class Tables {
  public:
    Tables(Tables&&) = default;  // reports point into the maps, which a copy would not have
    Tables& operator=(Tables&&) = default;

    using Read = std::function<std::string(std::string_view file)>;  // empty: there is no such file

    /// Those this program was built with.
    static std::variant<Tables, Problem> built_in();
    static std::variant<Tables, Problem> load(const Read& read);

    const std::vector<Report>& reports() const { return reports_; }
    const Report* find(std::string_view id) const;
    /// All that the reports ask the identities for.
    KnownFields known_fields() const;

  private:
    Tables() = default;
    std::optional<Problem> load_codes(const Read& read);
    std::optional<Problem> load_events(const Read& read);
    std::optional<Problem> load_reports(const Read& read);
    std::optional<Problem> load_fields(const Read& read, Report& report);
    std::optional<Problem> load_field(const Tsv& tsv, const Tsv::Line& line, Report& report);

    // In maps, whose elements stay where they are: reports point to them.
    std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> codes_;
    std::map<std::string, std::vector<EventRule>, std::less<>> events_;
    std::vector<Report> reports_;
};

/// A file of spec/reports, or the FIX dictionary, as this program was built with it; empty: none.
std::string_view built_in_file(std::string_view name);

bool holds(const std::vector<Condition>& conditions, const Facts& facts);
/// The code of an event, or empty.
std::string_view code_of(const std::vector<EventRule>& rules, const Facts& facts);

}  // namespace penstock::reports
