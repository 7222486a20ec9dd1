#include "oms/engine/pegs.hpp"

#include <algorithm>

namespace penstock::oms {

void Pegs::add(OrderStore& orders, Slot<Special> slot) {
    Special& special = orders[slot];
    PENSTOCK_ASSERT(special.peg_place == 0, "a peg is placed when it goes, and once");
    const InstrumentId instrument = orders[special.order].instrument;
    if (by_instrument_.size() <= instrument.value) by_instrument_.resize(instrument.value + 1);
    auto& pegs = by_instrument_[instrument.value];
    pegs.push_back(slot);
    special.peg_place = static_cast<std::uint32_t>(pegs.size());
}

void Pegs::remove(OrderStore& orders, Slot<Special> slot) {
    Special& special = orders[slot];
    if (special.peg_place == 0) return;
    auto& pegs = by_instrument_[orders[special.order].instrument.value];
    const std::size_t at = special.peg_place - 1;
    pegs[at] = pegs.back();
    orders[pegs[at]].peg_place = special.peg_place;
    pegs.pop_back();
    special.peg_place = 0;
}

void Pegs::mark(InstrumentId instrument) {
    if (instrument.value >= by_instrument_.size() || by_instrument_[instrument.value].empty()) return;
    const auto found = std::ranges::find(marked_, instrument, &Marked::instrument);
    if (found == marked_.end())
        marked_.push_back({instrument, 0});
    else
        found->at = 0;
}

void Pegs::mark_all() {
    for (std::uint32_t id = 0; id < by_instrument_.size(); ++id) mark(InstrumentId{id});
}

Slot<Special> Pegs::next() {
    while (!marked_.empty()) {
        Marked& marked = marked_.front();
        const auto& pegs = by_instrument_[marked.instrument.value];
        if (marked.at < pegs.size()) return pegs[marked.at++];
        marked_.erase(marked_.begin());
    }
    return {};
}

}  // namespace penstock::oms
