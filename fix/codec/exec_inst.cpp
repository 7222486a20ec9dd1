#include "fix/codec/exec_inst.hpp"

#include "fix/codec/tags.hpp"

namespace penstock::fix {
namespace {

/// Not held, work, over the day, held; may cross, do not reduce at ex date, non negotiable, netting,
/// may be routed on.
constexpr std::string_view kOfNoEffect = "1245BFHJKNQVg";

PegWish peg_of(char code) {
    switch (code) {
        case 'L': return {oms::PegKind::Last, false};
        case 'M': return {oms::PegKind::Midpoint, false};
        case 'P': return {oms::PegKind::Market, false};
        case 'R': return {oms::PegKind::Primary, false};
        case 'a': return {oms::PegKind::None, true};
        default: return {};  // not an enum: any character
    }
}

/// Sets what the character stands for; false when it is none of the plain instructions.
bool set_plain(char code, oms::OrderConditions& out) {
    switch (code) {
        case '6': out.post_only = true; return true;
        case 'E': out.reduce_only = true; return true;
        case 'S': out.held = true; return true;
        case 'q': out.release = true; return true;
        case 'n': out.on_disconnect = oms::OnDisconnect::Keep; return true;
        case 'o': out.on_disconnect = oms::OnDisconnect::Cancel; return true;
        default: break;  // not an enum: any character
    }
    return kOfNoEffect.find(code) != std::string_view::npos;
}

}  // namespace

PegWish read_exec_inst(ValueReader& reader, std::string_view value, oms::OrderConditions& out) {
    PegWish peg;
    for (std::size_t at = 0; at < value.size(); at += 2) {
        const char code = value[at];
        const PegWish wish = peg_of(code);
        const bool ends = at + 1 == value.size() || value[at + 1] == ' ';
        if (!ends || (wish.is_none() && !set_plain(code, out)))
            reader.complain(tag::kExecInst, value, "holds an instruction that is not served");
        if (value.find(code, at + 1) != std::string_view::npos)
            reader.complain(
                tag::kExecInst, value, "repeats an instruction", oms::Reason::ContradictoryConditions);
        if (!wish.is_none() && !peg.is_none())
            reader.complain(tag::kExecInst, value, "names two pegs", oms::Reason::ContradictoryConditions);
        if (!wish.is_none()) peg = wish;
    }
    const auto has_both = [&](char one, char other) {
        return value.find(one) != std::string_view::npos && value.find(other) != std::string_view::npos;
    };
    if (has_both('S', 'q') || has_both('n', 'o'))
        reader.complain(
            tag::kExecInst, value, "says one thing and its opposite", oms::Reason::ContradictoryConditions);
    return peg;
}

}  // namespace penstock::fix
