#include "tests/sim/client_terms.hpp"

namespace penstock::sim {
namespace {

/// ExecInst(18) of a peg, before 5.0.
char peg_instruction(const ClientTerms& terms) {
    if (terms.trails) return 'a';
    switch (terms.peg) {
        case 2: return 'M';
        case 4: return 'P';
        case 5: return 'R';
        default: return '\0';
    }
}

void add_instructions(Body& body, const ClientTerms& terms, bool is_50) {
    std::string all = terms.instructions;
    if (!is_50 && peg_instruction(terms) != '\0') all += peg_instruction(terms);
    std::string said;
    for (const char one : all) {
        if (!is_50 && (one == 'o' || one == 'n')) continue;  // came with 5.0
        if (!said.empty()) said += ' ';
        said += one;
    }
    if (!said.empty()) body.add(18, said);
}

void add_trigger_group(Body& body, const ClientTerms& terms) {
    body.add(1100, '4').add(1101, '1').price(1102, terms.stop_cents).add(1109, terms.direction);
}

void add_shown(Body& body, const ClientTerms& terms, bool is_50) {
    if (terms.display == 0) return;
    body.add(is_50 ? 1138 : 111, terms.display);
    if (is_50 && terms.display_low != 0) body.add(1085, terms.display_low).add(1086, terms.display_high);
}

}  // namespace

char type_said(char type, const ClientTerms& terms, fix::Version version) {
    return terms.trails && version != fix::Version::Fix50Sp2 ? 'P' : type;
}

void add_terms(Body& body, const ClientTerms& terms, fix::Version version) {
    const bool is_50 = version == fix::Version::Fix50Sp2;
    add_instructions(body, terms, is_50);
    if (terms.direction != '\0')
        add_trigger_group(body, terms);
    else if (terms.stop_cents != 0)
        body.price(99, terms.stop_cents);
    if (is_50 && terms.watch != 0) body.add(1107, std::int64_t{terms.watch});
    if (is_50 && terms.trails) body.add(1094, '8');
    if (is_50 && terms.peg != 0) body.add(1094, std::int64_t{terms.peg});
    if (terms.has_offset) body.price(211, terms.offset_cents);
    const bool says_unit = terms.has_offset && terms.offset_unit != 0 && version != fix::Version::Fix42;
    if (says_unit) body.add(836, std::int64_t{terms.offset_unit});
    add_shown(body, terms, is_50);
    if (terms.cash_cents != 0) body.price(152, terms.cash_cents);
    if (!terms.expire.is_none()) body.time(126, terms.expire);
    if (!terms.effective.is_none()) body.time(168, terms.effective);
    if (!terms.link.empty()) body.add(583, terms.link);
}

}  // namespace penstock::sim
