#include "config/section.hpp"

#include <algorithm>

namespace penstock::config {

std::string_view kind_name(Value::Kind kind) {
    switch (kind) {
        case Value::Kind::Text: return "text";
        case Value::Kind::Integer: return "a whole number";
        case Value::Kind::Boolean: return "true or false";
        case Value::Kind::List: return "a list";
        case Value::Kind::Table: return "a table";
        case Value::Kind::Float: return "a number with a point";
        case Value::Kind::Date: return "a date or time";
    }
    return {};
}

const Value* Section::find(std::string_view key) const {
    const auto found = std::find_if(
        table_->items.begin(), table_->items.end(), [&](const Value& member) { return member.key == key; });
    return found == table_->items.end() ? nullptr : &*found;
}

const Value* Section::ask(std::string_view key) {
    if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
    return find(key);
}

const Value* Section::ask(std::string_view key, Value::Kind kind, std::string_view expected) {
    const Value* value = ask(key);
    if (value == nullptr || value->kind == kind) return value;
    problem(key, "expected " + std::string(expected) + ", found " + std::string(kind_name(value->kind)));
    return nullptr;
}

bool Section::has(std::string_view key) { return ask(key) != nullptr; }

void Section::read(std::string_view key, std::string& out) {
    const Value* value = ask(key, Value::Kind::Text, "text in quotes");
    if (value != nullptr) out = value->text;
}

void Section::read(std::string_view key, bool& out) {
    const Value* value = ask(key, Value::Kind::Boolean, "true or false");
    if (value != nullptr) out = value->boolean;
}

void Section::read(std::string_view key, std::vector<std::string>& out) {
    const Value* value = ask(key, Value::Kind::List, "a list of texts such as [\"A\", \"B\"]");
    if (value == nullptr) return;
    out.clear();
    for (const Value& item : value->items) {
        if (item.kind == Value::Kind::Text && !item.text.empty()) {
            out.push_back(item.text);
        } else {
            const std::string found = item.text.empty() ? std::string(kind_name(item.kind)) : "empty text";
            findings_->problem(
                {file_, item.line}, path_of(key), "expected texts in the list, found " + found);
        }
    }
}

std::optional<std::int64_t> Section::integer(std::string_view key, Bounds bounds) {
    const std::string range =
        "a whole number from " + std::to_string(bounds.low) + " to " + std::to_string(bounds.high);
    const Value* value = ask(key, Value::Kind::Integer, range);
    if (value == nullptr) return std::nullopt;
    if (bounds.low <= value->integer && value->integer <= bounds.high) return value->integer;
    problem(key, "is " + std::to_string(value->integer) + "; expected " + range);
    return std::nullopt;
}

void Section::read_seconds(std::string_view key, Duration& out, Bounds bounds) {
    if (const auto number = integer(key, bounds)) out = Duration::seconds(*number);
}

void Section::read_milliseconds(std::string_view key, Duration& out, Bounds bounds) {
    if (const auto number = integer(key, bounds)) out = Duration::milliseconds(*number);
}

void Section::require(std::string_view key, std::string& out, std::string_view example) {
    const std::string expected = "expected text such as " + in_quotes(example);
    const Value* value = ask(key);
    if (value == nullptr) return problem(key, "is missing; " + expected);
    if (value->kind != Value::Kind::Text) {
        return problem(key, expected + ", found " + std::string(kind_name(value->kind)));
    }
    if (value->text.empty()) return problem(key, "is empty; " + expected);
    out = value->text;
}

void Section::require_port(std::string_view key, std::uint16_t& out) {
    if (!has(key)) return problem(key, "is missing; expected a port from 1 to 65535");
    read(key, out, kPort);
}

std::optional<Decimal> Section::decimal(std::string_view key) {
    const Value* value = ask(key);
    if (value == nullptr) return std::nullopt;
    const std::string expected = "expected a decimal above zero such as \"1000.50\"";
    if (value->kind == Value::Kind::Float) {
        problem(
            key, "is a number with a point; write it as text so that it stays exact, such as \"1000.50\"");
        return std::nullopt;
    }
    if (value->kind != Value::Kind::Text && value->kind != Value::Kind::Integer) {
        problem(key, expected + ", found " + std::string(kind_name(value->kind)));
        return std::nullopt;
    }
    const auto number = value->kind == Value::Kind::Integer ? Result(Decimal::whole(value->integer))
                                                            : Decimal::parse(value->text);
    if (number && number->is_positive()) return *number;
    const std::string is =
        value->kind == Value::Kind::Text ? in_quotes(value->text) : std::to_string(value->integer);
    problem(key, "is " + is + "; " + expected + " (at most 12 decimals)");
    return std::nullopt;
}

std::optional<std::size_t> Section::choice(std::string_view key, const std::vector<std::string>& words) {
    const std::string expected = one_of(words);
    const Value* value = ask(key, Value::Kind::Text, expected);
    if (value == nullptr) return std::nullopt;
    const auto found = std::find(words.begin(), words.end(), value->text);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    problem(key, "is " + in_quotes(value->text) + "; expected " + expected);
    return std::nullopt;
}

std::optional<Section> Section::table(std::string_view key) {
    const Value* value = ask(key, Value::Kind::Table, "a table");
    if (value == nullptr) return std::nullopt;
    return Section{*value, file_, path_of(key), *findings_};
}

std::vector<Section> Section::tables(std::string_view key) {
    std::vector<Section> found;
    const std::string expected = "[[" + path_of(key) + "]]";
    const Value* list = ask(key, Value::Kind::List, expected);
    if (list == nullptr) return found;
    for (const Value& item : list->items) {
        if (item.kind == Value::Kind::Table) {
            found.emplace_back(item, file_, path_of(key), *findings_);
        } else {
            problem(key, "expected " + expected + ", found " + std::string(kind_name(item.kind)));
        }
    }
    return found;
}

Place Section::place(std::string_view key) const {
    const Value* value = key.empty() ? nullptr : find(key);
    return {file_, value == nullptr ? table_->line : value->line};
}

std::string Section::path_of(std::string_view key) const {
    if (path_.empty()) return std::string(key);
    return key.empty() ? path_ : path_ + "." + std::string(key);
}

void Section::problem(std::string_view key, std::string text) {
    findings_->problem(place(key), path_of(key), std::move(text));
}

void Section::warning(std::string_view key, std::string text) {
    findings_->warning(place(key), path_of(key), std::move(text));
}

void Section::refuse(std::string_view key, std::string advice) {
    if (find(key) == nullptr) return;
    problem(key, std::move(advice));
    known_.emplace_back(key);
}

void Section::finish() {
    for (const Value& member : table_->items) {
        if (std::find(known_.begin(), known_.end(), member.key) != known_.end()) continue;
        const std::string like = nearest(member.key, known_);
        std::string text = "is not a known key; ";
        if (!like.empty()) {
            text += "did you mean " + in_quotes(like) + "?";
        } else {
            text += "expected " + one_of(known_);
        }
        problem(member.key, std::move(text));
    }
}

}  // namespace penstock::config
