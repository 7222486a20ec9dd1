#include "fix/codec/sentence.hpp"

#include <charconv>

#include "fix/codec/reason_rows.hpp"

namespace penstock::fix {

void Sentence::add(std::size_t number) {
    std::array<char, 20> digits;
    const auto made = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    add({digits.data(), static_cast<std::size_t>(made.ptr - digits.data())});
}

void Sentence::add(const oms::Denial& denial, const Text& text) {
    add(denial);
    const bool is_said = denial.reason != oms::Reason::None;
    // What a door or the core found is more exact than the rule; what a venue said is not ours to trust in.
    const bool is_of_venue =
        denial.reason >= oms::Reason::VenueRefused && denial.reason < oms::Reason::StopPriceNotAllowed;
    if (is_said && (text.empty() || is_of_venue)) {
        add("; ");
        add(row_of(denial.reason).rule);
    }
    if (is_said && !text.empty()) add("; ");
    add(text.view());
}

void Sentence::add(const oms::Denial& denial) {
    if (denial.reason == oms::Reason::None) return;
    add(to_text(denial.reason));
    if (denial.measured) {
        add(": measured ");
        add(*denial.measured);
    }
    if (denial.limit) {
        add(denial.measured ? ", limit " : ": limit ");
        add(*denial.limit);
    }
}

void put_text(BodyWriter& out, Tag tag, const oms::Denial& denial, const Text& text) {
    Sentence sentence;
    sentence.add(denial, text);
    if (!sentence.view().empty()) out.text(tag, sentence.view());
}

}  // namespace penstock::fix
