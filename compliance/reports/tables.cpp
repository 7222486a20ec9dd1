#include "compliance/reports/tables.hpp"

#include <algorithm>

namespace penstock::reports {
namespace {

constexpr std::pair<std::string_view, RowKind> kRowKinds[] = {
    {"order_event", RowKind::OrderEvent},
    {"execution", RowKind::Execution},
    {"order", RowKind::Order},
    {"session", RowKind::Session},
    {"action", RowKind::Action},
    {"session_summary", RowKind::SessionSum},
    {"clock", RowKind::Clock},
    {"check", RowKind::Check}};

std::optional<RowKind> row_kind(std::string_view name) {
    const auto found = std::ranges::find(kRowKinds, name, &std::pair<std::string_view, RowKind>::first);
    return found == std::end(kRowKinds) ? std::nullopt : std::optional{found->second};
}

/// "kind=NewOrder|ListOrder status!=8", separated by blanks.
std::variant<std::vector<Condition>, Problem> conditions_of(std::string_view text, RowKind kind) {
    std::vector<Condition> made;
    for (const std::string& word : split(text, ' ')) {
        const auto equals = word.find('=');
        if (equals == std::string::npos || equals == 0) return "\"" + word + "\" is no condition";
        const bool is_not = word[equals - 1] == '!';
        const auto source = Source::parse(std::string_view(word).substr(0, equals - (is_not ? 1 : 0)), kind);
        if (!source) return "\"" + word + "\" is about nothing such rows have";
        std::vector<std::string> values = split(std::string_view(word).substr(equals + 1), '|');
        if (values.empty()) values.emplace_back();
        made.push_back({*source, std::move(values), is_not, word.starts_with("kind=")});
    }
    return made;
}

}  // namespace

const std::vector<Field>* Report::fields_for(std::string_view code) const {
    auto found = fields.find(code);
    if (found == fields.end()) found = fields.find("");
    return found == fields.end() ? nullptr : &found->second;
}

std::variant<Tables, Problem> Tables::built_in() {
    return load([](std::string_view file) { return std::string(built_in_file(file)); });
}

std::variant<Tables, Problem> Tables::load(const Read& read) {
    Tables made;
    if (auto problem = made.load_codes(read)) return *problem;
    if (auto problem = made.load_events(read)) return *problem;
    if (auto problem = made.load_reports(read)) return *problem;
    return made;
}

const Report* Tables::find(std::string_view id) const {
    const auto found = std::ranges::find(reports_, id, &Report::id);
    return found == reports_.end() ? nullptr : &*found;
}

KnownFields Tables::known_fields() const {
    KnownFields known;
    const auto learn = [&](const Source& source) {
        if (const auto asked = source.asks()) known[std::string(asked->kind)].emplace(asked->field);
    };
    const auto learn_all = [&](const std::vector<Condition>& conditions) {
        for (const Condition& one : conditions) learn(one.source);
    };
    for (const auto& [_, rules] : events_)
        for (const EventRule& rule : rules) learn_all(rule.conditions);
    for (const Report& report : reports_) {
        learn_all(report.select);
        for (const auto& [_, fields] : report.fields)
            for (const Field& field : fields) std::ranges::for_each(field.sources, learn);
    }
    return known;
}

std::optional<Problem> Tables::load_codes(const Read& read) {
    auto parsed = Tsv::parse("codes.tsv", read("codes.tsv"));
    if (const auto* problem = std::get_if<Problem>(&parsed)) return *problem;
    const Tsv& tsv = std::get<Tsv>(parsed);
    for (const Tsv::Line& line : tsv.lines()) {
        const bool is_new =
            codes_[tsv.at(line, "codes")].emplace(tsv.at(line, "from"), tsv.at(line, "to")).second;
        if (!is_new) return tsv.place(line) + ": " + tsv.at(line, "from") + " has a code already";
    }
    return std::nullopt;
}

std::optional<Problem> Tables::load_events(const Read& read) {
    auto parsed = Tsv::parse("events.tsv", read("events.tsv"));
    if (const auto* problem = std::get_if<Problem>(&parsed)) return *problem;
    const Tsv& tsv = std::get<Tsv>(parsed);
    for (const Tsv::Line& line : tsv.lines()) {
        auto conditions = conditions_of(tsv.at(line, "when"), RowKind::OrderEvent);
        if (const auto* problem = std::get_if<Problem>(&conditions)) return tsv.place(line) + ": " + *problem;
        EventRule rule{tsv.at(line, "code"), {}, std::get<std::vector<Condition>>(std::move(conditions))};
        for (const std::string& word : split(tsv.at(line, "when"), ' '))
            if (word.starts_with("kind=")) rule.kinds = split(std::string_view(word).substr(5), '|');
        if (rule.kinds.empty()) return tsv.place(line) + ": says of no kind of event that it has the code";
        std::erase_if(rule.conditions, [](const Condition& one) { return one.is_of_kind; });
        events_[tsv.at(line, "set")].push_back(std::move(rule));
    }
    return std::nullopt;
}

std::optional<Problem> Tables::load_reports(const Read& read) {
    auto parsed = Tsv::parse("reports.tsv", read("reports.tsv"));
    if (const auto* problem = std::get_if<Problem>(&parsed)) return *problem;
    const Tsv& tsv = std::get<Tsv>(parsed);
    for (const Tsv::Line& line : tsv.lines()) {
        Report report;
        report.id = tsv.at(line, "report");
        report.version = tsv.at(line, "version");
        report.title = tsv.at(line, "title");
        report.basis = tsv.at(line, "basis");
        report.formats = split(tsv.at(line, "formats"), ' ');
        const auto kind = row_kind(tsv.at(line, "rows"));
        if (!kind) return tsv.place(line) + ": there are no rows \"" + tsv.at(line, "rows") + "\"";
        report.kind = *kind;
        auto select = conditions_of(tsv.at(line, "select"), report.kind);
        if (const auto* problem = std::get_if<Problem>(&select)) return tsv.place(line) + ": " + *problem;
        report.select = std::get<std::vector<Condition>>(std::move(select));
        std::string events = tsv.at(line, "events");
        report.only_coded = events.ends_with('!');
        if (report.only_coded) events.pop_back();
        const auto rules = events_.find(events);
        if (!events.empty() && rules == events_.end())
            return tsv.place(line) + ": there is no set of events \"" + events + "\"";
        if (!events.empty()) report.events = &rules->second;
        if (auto problem = load_fields(read, report)) return problem;
        reports_.push_back(std::move(report));
    }
    return std::nullopt;
}

std::optional<Problem> Tables::load_fields(const Read& read, Report& report) {
    const std::string file = report.id + ".tsv";
    auto parsed = Tsv::parse(file, read(file));
    if (const auto* problem = std::get_if<Problem>(&parsed)) return *problem;
    const Tsv& tsv = std::get<Tsv>(parsed);
    for (const Tsv::Line& line : tsv.lines()) {
        if (tsv.at(line, "version") != report.version) continue;  // of another version
        if (auto problem = load_field(tsv, line, report)) return problem;
    }
    if (report.fields.empty()) return file + ": has no field of version " + report.version;
    return std::nullopt;
}

std::optional<Problem> Tables::load_field(const Tsv& tsv, const Tsv::Line& line, Report& report) {
    Field field;
    field.position = tsv.at(line, "position");
    field.name = tsv.at(line, "name");
    field.is_mandatory = tsv.at(line, "presence") == "M";
    const auto type = type_of(tsv.at(line, "type"));
    if (!type) return tsv.place(line) + ": there is no type " + tsv.at(line, "type");
    field.type = *type;
    for (const std::string& word : split(tsv.at(line, "source"), '|')) {
        if (word == "-") continue;
        const auto source = Source::parse(word, report.kind);
        if (!source) return tsv.place(line) + ": there is no source " + word;
        report.needs_entry = report.needs_entry || source->reads_entry();
        field.sources.push_back(*source);
    }
    field.codes_name = tsv.at(line, "translation");
    if (!field.codes_name.empty()) {
        const auto codes = codes_.find(field.codes_name);
        if (codes == codes_.end()) return tsv.place(line) + ": there are no codes " + field.codes_name;
        field.codes = &codes->second;
    }
    report.fields[tsv.at(line, "event")].push_back(std::move(field));
    return std::nullopt;
}

bool holds(const std::vector<Condition>& conditions, const Facts& facts) {
    std::string value;
    return std::ranges::all_of(conditions, [&](const Condition& condition) {
        value.clear();
        condition.source.write(value, facts);
        const bool is_one = std::ranges::find(condition.values, value) != condition.values.end();
        return is_one != condition.is_not;
    });
}

std::string_view code_of(const std::vector<EventRule>& rules, const Facts& facts) {
    const std::string_view kind = facts.event->kind;
    const auto rule = std::ranges::find_if(rules, [&](const EventRule& one) {
        return std::ranges::find(one.kinds, kind) != one.kinds.end() && holds(one.conditions, facts);
    });
    return rule == rules.end() ? std::string_view{} : std::string_view(rule->code);
}

}  // namespace penstock::reports
