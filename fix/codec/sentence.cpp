#include "fix/codec/sentence.hpp"

#include "fix/codec/reason_rows.hpp"

namespace penstock::fix {

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
    add("; ");
    add(row_of(denial.reason).rule);
}

void put_text(BodyWriter& out, Tag tag, const oms::Denial& denial, const Text& text) {
    Sentence sentence;
    sentence.add(denial, text);
    if (!sentence.view().empty()) out.text(tag, sentence.view());
}

}  // namespace penstock::fix
