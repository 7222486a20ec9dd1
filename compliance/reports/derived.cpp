#include <algorithm>
#include <array>
#include <string>

#include "compliance/reports/source.hpp"
#include "compliance/reports/values.hpp"

// What is worked out from a row and its order, because no column says it. A name here is a word of the
// tables.

namespace penstock::reports {
namespace {

using history::OrderEvent;

constexpr std::int64_t kDay = 86'400'000'000'000;

std::string date_of(Timestamp moment) {
    std::string text;
    history::append(text, moment);
    return text.substr(0, 10);
}

std::string compact_date_of(Timestamp moment) {
    const std::string date = date_of(moment);
    return date.substr(0, 4) + date.substr(5, 2) + date.substr(8, 2);
}

/// ExpireDate(432) is kept as the end of that day.
bool is_end_of_day(Timestamp moment) { return (moment.ns + 1'000'000'000) % kDay < 1'000'000'000; }

void event(std::string& out, const Facts& facts) { out += facts.code; }
void number(std::string& out, const Facts& facts) { history::append(out, facts.number); }

void write_difference(std::string& out, Timestamp now, Timestamp before) {
    if (!before.is_none()) out += std::to_string((now - before).ns);
}
void since_first(std::string& out, const Facts& facts) {
    if (facts.event != nullptr && facts.order != nullptr)
        write_difference(out, facts.event->time, facts.order->entered);
}
void since_previous(std::string& out, const Facts& facts) {
    if (facts.event != nullptr && facts.order != nullptr)
        write_difference(out, facts.event->time, facts.order->previous);
}
/// Between the other side's TransactTime(60) and ours: what a hop took, with the difference of both clocks.
void hop(std::string& out, const Facts& facts) {
    if (facts.event == nullptr) return;
    const bool came_in = facts.event->direction == history::Direction::FromClient ||
                         facts.event->direction == history::Direction::FromVenue;
    if (came_in) write_difference(out, facts.event->time, facts.event->said_time);
}
void entered(std::string& out, const Facts& facts) {
    if (facts.order != nullptr) history::append(out, facts.order->entered);
}
void fix_words(std::string& out, const Facts& facts) {
    if (facts.event != nullptr) facts.names->decode(out, facts.event->raw);
}
void client(std::string& out, const Facts& facts) { out += facts.client; }

/// TimeInForce(59) with what decides its code: "6d" a date, "6t" a moment, "+" EffectiveTime(168).
void validity(std::string& out, const Facts& facts) {
    if (facts.event == nullptr || facts.event->time_in_force == '\0') return;
    if (!facts.event->effective_time.is_none()) out += '+';
    out += facts.event->time_in_force;
    if (facts.event->time_in_force == '6') out += is_end_of_day(facts.event->expire_time) ? 'd' : 't';
}
void valid_until(std::string& out, const Facts& facts) {
    if (facts.event == nullptr) return;
    const OrderEvent& row = *facts.event;
    if (!row.expire_time.is_none()) return history::append(out, row.expire_time);
    if (!row.effective_time.is_none()) return history::append(out, row.effective_time);
    if (row.time_in_force == '0') out += date_of(row.time) + "T23:59:59.999999999Z";
}
void displayed(std::string& out, const Facts& facts) {
    if (facts.event == nullptr) return;
    const auto& shown = facts.event->display ? facts.event->display : facts.event->leaves;
    if (shown) history::append(out, *shown);
}
void pegged_price(std::string& out, const Facts& facts) {
    if (facts.event != nullptr && facts.event->order_type == 'P' && facts.event->price)
        history::append(out, *facts.event->price);
}
/// Price(44) of what has a limit of its own.
void limit_price(std::string& out, const Facts& facts) {
    if (facts.event != nullptr && facts.event->order_type != 'P' && facts.event->price)
        history::append(out, *facts.event->price);
}
/// RTS 6 table 2 field 10: the limit, of a stop order the stop, else that there is none.
void decision_price(std::string& out, const Facts& facts) {
    if (facts.event == nullptr) return;
    if (facts.event->order_type == '3' && facts.event->stop) return history::append(out, *facts.event->stop);
    if (facts.event->price) return history::append(out, *facts.event->price);
    out += "NOAP";
}
void initial_quantity(std::string& out, const Facts& facts) {
    if (facts.event != nullptr && facts.event->quantity) history::append(out, *facts.event->quantity);
}
/// Traded quantity and price belong to executions only; a venue's guarantee is none.
bool is_fill(const Facts& facts) { return facts.event != nullptr && facts.event->kind != "VenueStopped"; }
void traded(std::string& out, const Facts& facts) {
    if (is_fill(facts) && facts.event->last_quantity) history::append(out, *facts.event->last_quantity);
}
void traded_price(std::string& out, const Facts& facts) {
    if (is_fill(facts) && facts.event->last_price) history::append(out, *facts.event->last_price);
}
void sent_time(std::string& out, const Facts& facts) {
    if (facts.event != nullptr && facts.event->direction == history::Direction::ToVenue)
        history::append(out, facts.event->time);
}
/// Everything else that was exchanged: words of a refusal.
void other_words(std::string& out, const Facts& facts) {
    if (facts.event == nullptr) return;
    out += facts.event->text.view();
    if (facts.event->reason_code != 0)
        out += (out.empty() ? "reason " : "; reason ") + std::to_string(facts.event->reason_code);
}
void own_order_id(std::string& out, const Facts& facts) {
    if (facts.event == nullptr || facts.event->order_id.is_none()) return;
    history::append(out, facts.event->order_id.value);
    if (facts.event->child_id.is_none()) return;
    out += '-';
    history::append(out, facts.event->child_id.value);
}
/// Unique and ascending in the journal: the record, and four digits for the place in it.
void sequence(std::string& out, const Facts& facts) {
    constexpr std::uint64_t kPlaces = 10'000;
    if (facts.event != nullptr) history::append(out, facts.event->seq.value * kPlaces + facts.event->index);
}
/// TimeInForce(59) where it is a restriction to a phase of trading.
void restriction(std::string& out, const Facts& facts) {
    if (facts.event == nullptr) return;
    const char time_in_force = facts.event->time_in_force;
    if (time_in_force == '2' || time_in_force == '7' || time_in_force == 'B') out += time_in_force;
}
/// Words of a refusal only.
void reject_words(std::string& out, const Facts& facts) {
    if (facts.event == nullptr) return;
    const OrderEvent& row = *facts.event;
    const bool is_refusal = row.rule != oms::Reason::None || row.kind == "VenueRefused" ||
                            row.kind == "VenueRequestRefused" || row.kind == "BusinessReject";
    if (!is_refusal) return;
    if (row.rule != oms::Reason::None) out += oms::to_text(row.rule);
    if (!row.text.empty()) out.append(out.empty() ? "" : ": ").append(row.text.view());
    if (row.reason_code != 0)
        out.append(out.empty() ? "reason " : "; reason ").append(std::to_string(row.reason_code));
}
/// What is left of the order that is cancelled: by the report what was still open.
void cancelled_quantity(std::string& out, const Facts& facts) {
    if (facts.event == nullptr || !facts.event->quantity) return;
    const auto left = subtract(*facts.event->quantity, facts.event->filled.value_or(Decimal{}));
    if (left) history::append(out, left->is_negative() ? Decimal{} : *left);
}
void fix_type(std::string& out, const Facts& facts) {
    if (facts.event != nullptr) out += tag_value(facts.event->raw, 35);
}

// --- CAT.

/// "20261127_17_1": the date of the event, its record and its place there.
void cat_record_id(std::string& out, const Facts& facts) {
    if (facts.event == nullptr) return;
    out += compact_date_of(facts.event->time) + "_";
    history::append(out, facts.event->seq.value);
    out += '_';
    history::append(out, facts.event->index);
}
/// A slice is an order of its own, of which the client's is the parent.
void cat_order_id(std::string& out, const Facts& facts) {
    if (facts.event == nullptr || facts.event->order_id.is_none()) return;
    history::append(out, facts.event->order_id.value);
    if (!facts.event->is_slice) return;
    out += '-';
    history::append(out, facts.event->child_id.value);
}
void cat_time_in_force(std::string& out, const Facts& facts) {
    if (facts.event == nullptr) return;
    const OrderEvent& row = *facts.event;
    switch (row.time_in_force) {
        case '0': out += "{\"DAY\":\"" + compact_date_of(row.time) + "\"}"; return;
        case '1': out += "{\"GTC\":true}"; return;
        case '3':
        case '4': out += "{\"IOC\":true}"; return;
        case '2':
        case '7': out += "{\"DAY\":\"" + compact_date_of(row.time) + "\"}"; return;
        case '6':
            if (is_end_of_day(row.expire_time))
                out += "{\"GTD\":\"" + compact_date_of(row.expire_time) + "\"}";
            else
                out += "{\"GTT\":" + std::to_string(row.expire_time.ns) + "}";
            return;
        default: return;
    }
}
void cat_handling(std::string& out, const Facts& facts) {
    if (facts.event == nullptr) return;
    const OrderEvent& row = *facts.event;
    std::string pairs;
    const auto pair = [&](const char* name, const std::string& value) {
        pairs += (pairs.empty() ? "\"" : ",\"") + std::string(name) + "\":" + value;
    };
    const auto text = [](const Decimal& value) {
        std::string made;
        history::append(made, value);
        return made;
    };
    if (row.stop) pair("STOP", text(*row.stop));
    if (row.display) pair("DISQ", text(*row.display));
    if (row.order_type == 'P') pair("PEG", "true");
    if (row.time_in_force == '4') pair("FOK", "true");
    if (row.time_in_force == '2') pair(row.price ? "LOO" : "MOO", "true");
    if (row.time_in_force == '7') pair(row.price ? "LOC" : "MOC", "true");
    if (!pairs.empty()) out += "{" + pairs + "}";
}

constexpr std::array kDerived{
    DerivedName{"event", event},
    DerivedName{"number", number},
    DerivedName{"since_first", since_first},
    DerivedName{"since_previous", since_previous},
    DerivedName{"hop", hop},
    DerivedName{"entered", entered},
    DerivedName{"fix", fix_words},
    DerivedName{"fix_type", fix_type},
    DerivedName{"client", client},
    DerivedName{"validity", validity},
    DerivedName{"valid_until", valid_until},
    DerivedName{"displayed", displayed},
    DerivedName{"pegged_price", pegged_price},
    DerivedName{"limit_price", limit_price},
    DerivedName{"decision_price", decision_price},
    DerivedName{"initial_quantity", initial_quantity},
    DerivedName{"traded", traded},
    DerivedName{"traded_price", traded_price},
    DerivedName{"sent_time", sent_time},
    DerivedName{"other_words", other_words},
    DerivedName{"own_order_id", own_order_id},
    DerivedName{"cancelled_quantity", cancelled_quantity},
    DerivedName{"sequence", sequence},
    DerivedName{"restriction", restriction},
    DerivedName{"reject_words", reject_words},
    DerivedName{"cat_order_id", cat_order_id},
    DerivedName{"cat_record_id", cat_record_id},
    DerivedName{"cat_time_in_force", cat_time_in_force},
    DerivedName{"cat_handling", cat_handling},
};

}  // namespace

const DerivedName* derived(std::string_view name) {
    const auto found = std::ranges::find(kDerived, name, &DerivedName::name);
    return found == kDerived.end() ? nullptr : &*found;
}

}  // namespace penstock::reports
