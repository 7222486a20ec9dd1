#include "tests/scenarios/condition_words.hpp"

#include <functional>
#include <map>

namespace penstock::scenarios {
namespace {

oms::OrderConditions& conditions(const TermWords& terms) {
    if (!terms.conditions) terms.conditions.emplace();
    return *terms.conditions;
}

/// Market becomes its type with a trigger, limit stays one.
void set_stop(Words& words, const TermWords& terms) {
    const bool is_priced = terms.type == oms::OrderType::Limit || terms.type == oms::OrderType::StopLimit;
    terms.type = is_priced ? oms::OrderType::StopLimit : oms::OrderType::Stop;
    conditions(terms).stop = words.price();
}

/// If touched: a market order has a type for it, a limit order a trigger whose direction is said.
void set_touch(Words& words, const TermWords& terms) {
    if (terms.type != oms::OrderType::Limit) terms.type = oms::OrderType::MarketIfTouched;
    conditions(terms).stop = words.price();
}

void set_direction(Words& words, const TermWords& terms) {
    conditions(terms).stop = words.price();
    if (words.take("up"))
        conditions(terms).trigger_direction = oms::TriggerDirection::Up;
    else if (words.take("down"))
        conditions(terms).trigger_direction = oms::TriggerDirection::Down;
}

void set_watch(Words& words, const TermWords& terms) {
    static const std::map<std::string, oms::TriggerOn> kNames{
        {"ask", oms::TriggerOn::BestOffer},  {"last", oms::TriggerOn::Last},
        {"bid", oms::TriggerOn::BestBid},    {"mid", oms::TriggerOn::Mid},
        {"mark", oms::TriggerOn::Mark},      {"odd", oms::TriggerOn::Unsupported},
        {"default", oms::TriggerOn::Default}};
    const auto found = kNames.find(words.next("ask, last, bid, mid or mark"));
    if (found == kNames.end()) words.fail("expected ask, last, bid, mid or mark");
    conditions(terms).trigger_on = found->second;
}

/// `0.5` is money, `2%` percent, `3ticks` increments, `10bp` basis points.
Decimal offset(Words& words, oms::OffsetUnit& unit) {
    std::string word = words.next("an offset");
    const auto strip = [&](const std::string& ending, oms::OffsetUnit named) {
        if (!word.ends_with(ending)) return;
        word.resize(word.size() - ending.size());
        unit = named;
    };
    strip("%", oms::OffsetUnit::Percent);
    strip("ticks", oms::OffsetUnit::Ticks);
    strip("bp", oms::OffsetUnit::BasisPoints);
    strip("odd", oms::OffsetUnit::Unsupported);
    const auto made = Decimal::parse(word);
    if (!made) words.fail("'" + word + "' is no offset");
    return *made;
}

void set_peg(Words& words, const TermWords& terms) {
    static const std::map<std::string, oms::PegKind> kNames{
        {"primary", oms::PegKind::Primary},
        {"mid", oms::PegKind::Midpoint},
        {"market", oms::PegKind::Market},
        {"last", oms::PegKind::Last},
        {"odd", oms::PegKind::Unsupported}};
    terms.type = oms::OrderType::Pegged;
    const auto found = kNames.find(words.next("primary, mid, market or last"));
    if (found == kNames.end()) words.fail("expected primary, mid, market or last");
    conditions(terms).peg = found->second;
    if (words.take("offset")) conditions(terms).peg_offset = offset(words, conditions(terms).peg_unit);
}

void set_display(Words& words, const TermWords& terms) {
    conditions(terms).display = words.quantity();
    if (!words.take("between")) return;
    conditions(terms).display_low = words.quantity();
    conditions(terms).display_high = words.quantity();
}

/// `+10s` from now, or `-10s`.
Timestamp moment(Words& words, const TermWords& terms) {
    const std::string word = words.next("a moment like +10s");
    if (word.size() < 2 || (word[0] != '+' && word[0] != '-'))
        words.fail("expected a moment like +10s, got '" + word + "'");
    Line without_sign;
    without_sign.words = {word.substr(1)};
    const Duration away = Words(without_sign).duration();
    return word[0] == '+' ? terms.now + away : Timestamp{terms.now.ns - away.ns};
}

using Take = std::function<void(Words&, const TermWords&)>;

const std::map<std::string, Take>& condition_options() {
    static const std::map<std::string, Take> kOptions{
        {"stop", set_stop},
        {"touch", set_touch},
        {"trigger", set_direction},
        {"watch", set_watch},
        {"trail",
         [](Words& words, const TermWords& terms) {
             if (terms.type == oms::OrderType::Market) terms.type = oms::OrderType::Stop;
             if (terms.type == oms::OrderType::Limit) terms.type = oms::OrderType::StopLimit;
             conditions(terms).trail = offset(words, conditions(terms).trail_unit);
         }},
        {"peg", set_peg},
        {"show", set_display},
        {"min", [](Words& words, const TermWords& terms) { conditions(terms).minimum = words.quantity(); }},
        {"cash", [](Words& words, const TermWords& terms) { conditions(terms).cash = words.price(); }},
        {"until",
         [](Words& words, const TermWords& terms) {
             terms.time_in_force = oms::TimeInForce::Gtd;
             conditions(terms).expire_time = moment(words, terms);
         }},
        {"expiring",
         [](Words& words, const TermWords& terms) { conditions(terms).expire_time = moment(words, terms); }},
        {"from", [](Words& words,
                    const TermWords& terms) { conditions(terms).effective_time = moment(words, terms); }},
        {"link", [](Words& words,
                    const TermWords& terms) { conditions(terms).link_id = words.id<ClOrdId>("a link"); }},
        {"post-only", [](Words&, const TermWords& terms) { conditions(terms).post_only = true; }},
        {"reduce-only", [](Words&, const TermWords& terms) { conditions(terms).reduce_only = true; }},
        {"held", [](Words&, const TermWords& terms) { conditions(terms).held = true; }},
        {"cancel-if-lost",
         [](Words&, const TermWords& terms) { conditions(terms).on_disconnect = oms::OnDisconnect::Cancel; }},
        {"keep-if-lost",
         [](Words&, const TermWords& terms) { conditions(terms).on_disconnect = oms::OnDisconnect::Keep; }},
        {"released", [](Words&, const TermWords& terms) { conditions(terms).release = true; }},
    };
    return kOptions;
}

/// Types, times in force, and the parts of conditions: for orders that say half of one.
const std::map<std::string, Take>& part_options() {
    static const std::map<std::string, Take> kOptions{
        {"limit", [](Words&, const TermWords& terms) { terms.type = oms::OrderType::Limit; }},
        {"stop-type", [](Words&, const TermWords& terms) { terms.type = oms::OrderType::Stop; }},
        {"unpriced-stop-limit",
         [](Words& words, const TermWords& terms) {
             terms.type = oms::OrderType::StopLimit;
             conditions(terms).stop = words.price();
         }},
        {"touch-type", [](Words&, const TermWords& terms) { terms.type = oms::OrderType::MarketIfTouched; }},
        {"pegged", [](Words&, const TermWords& terms) { terms.type = oms::OrderType::Pegged; }},
        {"trigger-up",
         [](Words&, const TermWords& terms) {
             conditions(terms).trigger_direction = oms::TriggerDirection::Up;
         }},
        {"trigger-down",
         [](Words&, const TermWords& terms) {
             conditions(terms).trigger_direction = oms::TriggerDirection::Down;
         }},
        {"offset",
         [](Words& words, const TermWords& terms) {
             conditions(terms).peg_offset = offset(words, conditions(terms).peg_unit);
         }},
        {"show-low",
         [](Words& words, const TermWords& terms) { conditions(terms).display_low = words.quantity(); }},
        {"show-high",
         [](Words& words, const TermWords& terms) { conditions(terms).display_high = words.quantity(); }},
        {"market", [](Words&, const TermWords& terms) { terms.type = oms::OrderType::Market; }},
        {"odd-type", [](Words&, const TermWords& terms) { terms.type = oms::OrderType::Unsupported; }},
        {"ioc", [](Words&, const TermWords& terms) { terms.time_in_force = oms::TimeInForce::Ioc; }},
        {"fok", [](Words&, const TermWords& terms) { terms.time_in_force = oms::TimeInForce::Fok; }},
        {"gtc", [](Words&, const TermWords& terms) { terms.time_in_force = oms::TimeInForce::Gtc; }},
        {"gtd", [](Words&, const TermWords& terms) { terms.time_in_force = oms::TimeInForce::Gtd; }},
        {"at-open", [](Words&, const TermWords& terms) { terms.time_in_force = oms::TimeInForce::AtOpen; }},
        {"at-close", [](Words&, const TermWords& terms) { terms.time_in_force = oms::TimeInForce::AtClose; }},
        {"auction",
         [](Words&, const TermWords& terms) { terms.time_in_force = oms::TimeInForce::GoodForAuction; }},
        {"odd-tif",
         [](Words&, const TermWords& terms) { terms.time_in_force = oms::TimeInForce::Unsupported; }},
    };
    return kOptions;
}

}  // namespace

bool take_condition(Words& words, const TermWords& terms) {
    for (const auto* const options : {&condition_options(), &part_options()}) {
        const auto found = options->find(words.peek());
        if (found == options->end()) continue;
        words.next("an option");
        found->second(words, terms);
        return true;
    }
    return false;
}

}  // namespace penstock::scenarios
