#include "fix/codec/list_plan.hpp"

#include <algorithm>
#include <optional>

#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

using oms::Contingency;
using oms::Reason;
using oms::ReleaseOn;

constexpr std::string_view kAccept = "ACCEPT=";

/// A word of ListExecInst(69) and of ClOrdLinkID(583). Longer ones first: "OTO" begins "OTO-FULL".
struct Word {
    std::string_view text;
    Contingency contingency;
    ReleaseOn release;
};
constexpr Word kWords[] = {
    {"OUO-PROPORTIONAL", Contingency::OneUpdatesOtherProportional, ReleaseOn::EachFill},
    {"OTO-FULL", Contingency::OneTriggersOther, ReleaseOn::FullFill},
    {"OCO", Contingency::OneCancelsOther, ReleaseOn::EachFill},
    {"OUO", Contingency::OneUpdatesOther, ReleaseOn::EachFill},
    {"OTO", Contingency::OneTriggersOther, ReleaseOn::EachFill}};

const Word* word_of(std::string_view text) {
    for (const Word& word : kWords)
        if (word.text == text) return &word;
    return nullptr;
}

/// "OCO-1": the group, or nothing when the text names none.
std::optional<PlannedGroup> group_of(std::string_view text) {
    for (const Word& word : kWords) {
        const std::size_t dash = word.text.size();
        if (!text.starts_with(word.text) || text.size() < dash + 2 || text[dash] != '-') continue;
        return PlannedGroup{text.substr(dash + 1), 0, word.contingency, word.release};
    }
    return std::nullopt;
}

Contingency contingency_of(ValueReader& reader, std::string_view value) {
    if (value.empty()) return Contingency::None;
    if (value == "1") return Contingency::OneCancelsOther;
    if (value == "2") return Contingency::OneTriggersOther;
    if (value == "3") return Contingency::OneUpdatesOther;
    if (value == "4") return Contingency::OneUpdatesOtherProportional;
    reader.complain(
        tag::kContingencyType, value, "is not served: 1, 2, 3 and 4 are", Reason::UnsupportedContingency);
    return Contingency::None;
}

/// Takes the text up to `separator` off the front.
std::string_view take(std::string_view& rest, char separator) {
    const std::size_t end = std::min(rest.find(separator), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return word;
}

}  // namespace

ListPlan::ListPlan(ValueReader& reader, const MessageIndex& message, const ListFields& found) {
    groups_[0] = PlannedGroup{};
    group_count_ = 1;
    read_list_group(reader, found);
    find_legs(reader, message, found);
    place_legs(reader, message);
}

/// A leg begins with its ClOrdID(11), as the standard's group does, and ends where the next one begins.
void ListPlan::find_legs(ValueReader& reader, const MessageIndex& message, const ListFields& found) {
    const auto fields = message.fields();
    std::size_t at = 0;
    while (at < fields.size() && fields[at].tag != tag::kNoOrders) ++at;
    const std::string_view announced = found[tag::kNoOrders];
    for (; at < fields.size(); ++at) {
        if (fields[at].tag != tag::kClOrdId) continue;
        const std::string_view id = message.value(fields[at]);
        if (id.size() > ClOrdId::kCapacity)
            reader.complain(tag::kClOrdId, id, "is longer than 39 characters", Reason::FieldTooLong);
        if (leg_count_ == oms::kMaxListLegs)
            return reader.complain(tag::kNoOrders, announced, "is more than 128", Reason::TooManyLegs);
        if (leg_count_ > 0) legs_[leg_count_ - 1].end = at;
        legs_[leg_count_++] = {at, fields.size()};
    }
    // A group that QuickFIX lets pass may have an order without an id, which would be lost in the one before.
    if (parse_number(announced) != leg_count_)
        reader.complain(
            tag::kNoOrders, announced, "is not how many have a ClOrdID(11)", Reason::ListIncomplete);
}

void ListPlan::read_list_group(ValueReader& reader, const ListFields& found) {
    PlannedGroup& list = groups_[0];
    list.contingency = contingency_of(reader, found[tag::kContingencyType]);
    const std::string_view all = found[tag::kListExecInst];
    std::string_view rest = all;
    const Word* const word = word_of(rest.substr(0, rest.find(' ')));
    if (word != nullptr) {
        take(rest, ' ');
        if (list.contingency != Contingency::None && list.contingency != word->contingency)
            reader.complain(tag::kListExecInst, all, "is not what ContingencyType(1385) says",
                            Reason::ContradictoryConditions);
        list.contingency = word->contingency;
        list.release = word->release;
    }
    bool has_policy = false;
    while (!rest.empty()) {
        const bool is_policy = read_policy(reader, take(rest, ' '));
        if (!is_policy || has_policy)
            reader.complain(
                tag::kListExecInst, all, is_policy ? "says two things about overfill" : "is not served",
                is_policy ? Reason::ContradictoryConditions : Reason::UnsupportedContingency);
        has_policy = true;
    }
}

bool ListPlan::read_policy(ValueReader& reader, std::string_view word) {
    if (word == "REDUCE") return true;
    if (word == "BLOCK") {
        overfill_ = oms::OverfillPolicy::Block;
        return true;
    }
    if (!word.starts_with(kAccept) || word.size() == kAccept.size()) return false;
    overfill_ = oms::OverfillPolicy::Accept;
    reader.read(tag::kListExecInst, word.substr(kAccept.size()), budget_);
    if (budget_.is_negative())
        reader.complain(tag::kListExecInst, word, "is below zero", Reason::InvalidQuantity);
    return true;
}

void ListPlan::place_legs(ValueReader& reader, const MessageIndex& message) {
    const auto fields = message.fields();
    for (std::uint32_t leg = 0; leg < leg_count_; ++leg) {
        std::string_view path;
        for (std::size_t at = legs_[leg].begin; at < legs_[leg].end && path.empty(); ++at)
            if (fields[at].tag == tag::kClOrdLinkId) path = message.value(fields[at]);
        group_of_leg_[leg] = path.empty() ? 1 : group_at(reader, path);
    }
}

/// The group a path ends in, from 1; those on the way are made when they are new.
std::uint32_t ListPlan::group_at(ValueReader& reader, std::string_view path) {
    std::uint32_t parent = 1;
    std::string_view rest = path;
    while (!rest.empty()) {
        auto wanted = group_of(take(rest, '/'));
        if (!wanted) {
            reader.complain(
                tag::kClOrdLinkId, path, "names no group as OCO-1 does", Reason::UnsupportedContingency);
            return 1;
        }
        wanted->parent = parent;
        parent = group_named(reader, path, *wanted);
    }
    return parent;
}

std::uint32_t ListPlan::group_named(ValueReader& reader, std::string_view path, const PlannedGroup& wanted) {
    for (std::uint32_t at = 1; at < group_count_; ++at) {
        if (groups_[at].name != wanted.name) continue;
        if (groups_[at].parent != wanted.parent)
            reader.complain(tag::kClOrdLinkId, path, "puts a group in two places", Reason::GroupCycle);
        if (!groups_[at].is_alike(wanted))
            reader.complain(
                tag::kClOrdLinkId, path, "makes a group of two kinds", Reason::UnsupportedContingency);
        return at + 1;
    }
    if (group_count_ == groups_.size()) {
        reader.complain(tag::kClOrdLinkId, path, "is one group too many", Reason::TooManyLegs);
        return 1;
    }
    groups_[group_count_++] = wanted;
    return group_count_;
}

}  // namespace penstock::fix
