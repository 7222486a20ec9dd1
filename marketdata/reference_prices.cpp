#include "marketdata/reference_prices.hpp"

namespace penstock::marketdata {
namespace {

/// Exact, or nothing when the half needs more decimals than a price has.
std::optional<Price> middle(Price bid, Price ask) {
    const auto total = add(bid, ask);
    if (!total) return std::nullopt;
    // Half of x is 5x with one more decimal.
    const auto half =
        Decimal::from_parts(static_cast<Int128>(total->value.mantissa()) * 5, total->value.scale() + 1);
    if (!half) return std::nullopt;
    return Price{*half};
}

/// Zero is how many feeds say "no price". Valued at it, any market order would be worth nothing.
bool is_price(const std::optional<Price>& price) { return price && price->is_positive(); }

bool has_market(const Quote& quote) {
    return is_price(quote.bid) && is_price(quote.ask) && *quote.bid <= *quote.ask;
}

std::optional<Price> price_of(const Quote& quote) {
    if (has_market(quote)) {
        if (const auto mid = middle(*quote.bid, *quote.ask)) return mid;
        return quote.bid;
    }
    return is_price(quote.last) ? quote.last : std::nullopt;
}

}  // namespace

std::optional<Price> mid_price(const Quote& quote) {
    return has_market(quote) ? middle(*quote.bid, *quote.ask) : std::nullopt;
}

const Quote* ReferencePrices::quote(VenueId venue, InstrumentId instrument) const {
    if (instrument.value >= by_instrument_.size()) return nullptr;
    for (const Entry& entry : by_instrument_[instrument.value])
        if (entry.venue == venue) return &entry.quote;
    return nullptr;
}

const Quote* ReferencePrices::newest(InstrumentId instrument) const {
    if (instrument.value >= by_instrument_.size()) return nullptr;
    const Quote* newest = nullptr;
    for (const Entry& entry : by_instrument_[instrument.value])
        if (newest == nullptr || entry.quote.time > newest->time) newest = &entry.quote;
    return newest;
}

void ReferencePrices::update(VenueId venue, InstrumentId instrument, const Quote& quote) {
    if (by_instrument_.size() <= instrument.value) by_instrument_.resize(instrument.value + 1);
    for (Entry& entry : by_instrument_[instrument.value]) {
        if (entry.venue != venue) continue;
        entry.quote = quote;
        return;
    }
    by_instrument_[instrument.value].push_back({venue, quote});
}

std::optional<Reference> ReferencePrices::reference(InstrumentId instrument) const {
    if (instrument.value >= by_instrument_.size()) return std::nullopt;
    std::optional<Reference> newest;
    for (const Entry& entry : by_instrument_[instrument.value]) {
        if (newest && newest->time >= entry.quote.time) continue;
        if (const auto price = price_of(entry.quote)) newest = Reference{*price, entry.quote.time};
    }
    return newest;
}

}  // namespace penstock::marketdata
