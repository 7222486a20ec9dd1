#include "compliance/reports/source.hpp"

#include <algorithm>
#include <charconv>

#include "compliance/reports/summaries.hpp"

namespace penstock::reports {
namespace {

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

constexpr std::string_view kIdentityKinds[] = {"account", "symbol", "venue", "session", "actor"};

}  // namespace

const history::Column* column_of(RowKind kind, std::string_view name) {
    switch (kind) {
        case RowKind::OrderEvent: return history::column_of<history::OrderEvent>(name);
        case RowKind::Execution: return history::column_of<history::Execution>(name);
        case RowKind::Order: return history::column_of<history::OrderRow>(name);
        case RowKind::Session: return history::column_of<history::SessionRow>(name);
        case RowKind::Action: return history::column_of<history::ActionRow>(name);
        case RowKind::SessionSum: return history::column_of<SessionSummary>(name);
        case RowKind::Clock: return history::column_of<ClockSummary>(name);
        case RowKind::Check: return history::column_of<IntegrityCheck>(name);
    }
    return nullptr;
}

std::optional<Source> Source::parse(std::string_view text, RowKind kind) {
    if (text.starts_with('=')) return Source(Literal{std::string(text.substr(1))});
    if (text.starts_with('@')) {
        const DerivedName* const found = derived(text.substr(1));
        if (found == nullptr) return std::nullopt;
        return Source(Derived{found->name, found->write});
    }
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) {
        const history::Column* const column = column_of(kind, text);
        if (column == nullptr) return std::nullopt;
        return Source(OfColumn{column});
    }
    const std::string_view form = text.substr(0, colon);
    const std::string_view rest = text.substr(colon + 1);
    if (form == "identity") {
        auto made = identity(rest, kind);
        if (!made) return std::nullopt;
        return Source(*std::move(made));
    }
    const auto tag = number(rest);
    if (!tag) return std::nullopt;
    if (form == "fix") return Source(OfRaw{*tag, false});
    if (form == "entry") return Source(OfRaw{*tag, true});
    if (form == "party") return Source(OfParty{*tag});
    return std::nullopt;
}

std::optional<Source::Form> Source::identity(std::string_view text, RowKind kind) {
    const auto dot = text.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    OfIdentity made{std::string(text.substr(0, dot)), nullptr, std::string(text.substr(dot + 1))};
    if (made.kind == "firm" || made.kind == "client") return Form{std::move(made)};
    if (std::ranges::find(kIdentityKinds, made.kind) == std::end(kIdentityKinds)) return std::nullopt;
    made.key = column_of(kind, made.kind);
    if (made.key == nullptr) return std::nullopt;
    return Form{std::move(made)};
}

std::string Source::key_of(const OfIdentity& m, const Facts& facts) {
    if (m.kind == "client") return std::string(facts.client);
    std::string key;
    if (m.key != nullptr) m.key->write_at(key, static_cast<const char*>(facts.row) + m.key->offset);
    return key;
}

void Source::write(std::string& out, const Facts& facts) const {
    if (const auto* column = std::get_if<OfColumn>(&form_))
        return column->column->write_at(out, static_cast<const char*>(facts.row) + column->column->offset);
    if (const auto* literal = std::get_if<Literal>(&form_)) {
        out += literal->text;
        return;
    }
    if (const auto* worked_out = std::get_if<Derived>(&form_)) return worked_out->write(out, facts);
    if (const auto* identity = std::get_if<OfIdentity>(&form_)) {
        out += facts.identities->find(identity->kind, key_of(*identity, facts), identity->field);
        return;
    }
    const std::string_view entry = facts.order == nullptr ? std::string_view{} : facts.order->entry_raw;
    if (const auto* party = std::get_if<OfParty>(&form_)) {
        out += party_id(entry, party->role);
        return;
    }
    const auto& raw = std::get<OfRaw>(form_);
    if (raw.is_entry)
        out += tag_value(entry, raw.tag);
    else if (facts.event != nullptr)
        out += tag_value(facts.event->raw, raw.tag);
}

std::string Source::why_missing(const Facts& facts) const {
    if (const auto* identity = std::get_if<OfIdentity>(&form_)) {
        const std::string key = key_of(*identity, facts);
        return identity->kind + (key.empty() ? "" : " " + key) + ": no " + identity->field +
               " in the identities";
    }
    if (const auto* raw = std::get_if<OfRaw>(&form_))
        return "tag " + std::to_string(raw->tag) +
               (raw->is_entry ? " is not in the message the order came with" : " is not in the message");
    if (const auto* party = std::get_if<OfParty>(&form_))
        return "no party with role " + std::to_string(party->role) + " in the message the order came with";
    return "the journal does not say it";
}

std::optional<Source::Asked> Source::asks() const {
    const auto* identity = std::get_if<OfIdentity>(&form_);
    return identity == nullptr ? std::nullopt : std::optional(Asked{identity->kind, identity->field});
}

bool Source::reads_entry() const {
    const auto* raw = std::get_if<OfRaw>(&form_);
    return std::holds_alternative<OfParty>(form_) || (raw != nullptr && raw->is_entry);
}

}  // namespace penstock::reports
