#include "apps/penstock_client/terms_fields.hpp"

#include "oms/domain/print.hpp"

namespace penstock::client {
namespace {

/// Adds what there is.
class Writer {
  public:
    void put(std::uint32_t tag, std::string value) {
        if (!value.empty()) fields_.emplace_back(tag, std::move(value));
    }
    void put(std::uint32_t tag, char code) { put(tag, std::string(1, code)); }
    template <class Kind>
    void put(std::uint32_t tag, const std::optional<DecimalOf<Kind>>& value) {
        if (value) put(tag, oms::to_text(value->value));
    }
    Fields take() { return std::move(fields_); }

  private:
    Fields fields_;
};

char peg_code(oms::PegKind kind) {
    switch (kind) {
        case oms::PegKind::Last: return 'L';
        case oms::PegKind::Midpoint: return 'M';
        case oms::PegKind::Market: return 'P';
        case oms::PegKind::Primary: return 'R';
        case oms::PegKind::None:
        case oms::PegKind::Unsupported: break;
    }
    return '\0';
}

oms::OrderType type_of(const Terms& terms, bool has_limit, fix::Version version) {
    const bool trails = terms.trail.has_value();
    if (terms.peg != oms::PegKind::None) return oms::OrderType::Pegged;
    if (trails && version != fix::Version::Fix50Sp2) return oms::OrderType::Pegged;
    if (terms.stop || trails) return has_limit ? oms::OrderType::StopLimit : oms::OrderType::Stop;
    if (terms.touch && !has_limit) return oms::OrderType::MarketIfTouched;
    return has_limit ? oms::OrderType::Limit : oms::OrderType::Market;
}

std::string exec_inst(const Terms& terms, fix::Version version) {
    std::string codes;
    const auto add = [&](char code) { (codes += codes.empty() ? "" : " ") += code; };
    if (terms.post_only) add('6');
    if (terms.reduce_only) add('E');
    if (terms.hold == Terms::Hold::Held) add('S');
    if (terms.hold == Terms::Hold::Released) add('q');
    if (version == fix::Version::Fix50Sp2) return codes;
    if (terms.peg != oms::PegKind::None) add(peg_code(terms.peg));
    if (terms.trail) add('a');
    return codes;
}

/// A limit order that waits for a price from the other side than a stop does: its type cannot say so.
void put_touched_limit(const Terms& terms, oms::Side side, Writer& out) {
    out.put(1100, '4');
    out.put(1101, '1');
    out.put(1102, terms.touch);
    out.put(1109, side == oms::Side::Buy ? 'D' : 'U');
}

void put_offset(const Terms& terms, fix::Version version, Writer& out) {
    const auto& offset = terms.trail ? terms.trail : terms.peg_offset;
    if (version == fix::Version::Fix50Sp2) {
        if (terms.trail) out.put(1094, '8');
        if (terms.peg != oms::PegKind::None) out.put(1094, std::to_string(static_cast<int>(terms.peg)));
    }
    if (!offset) return;
    out.put(211, oms::to_text(offset->value));
    if (offset->unit != oms::OffsetUnit::Price) out.put(836, std::to_string(static_cast<int>(offset->unit)));
}

}  // namespace

Fields fields_of(const Terms& terms, bool has_limit, oms::Side side, fix::Version version) {
    Writer out;
    out.put(18, exec_inst(terms, version));
    out.put(40, static_cast<char>(type_of(terms, has_limit, version)));
    out.put(59, static_cast<char>(terms.time_in_force));
    out.put(99, terms.stop);
    if (terms.touch && has_limit)
        put_touched_limit(terms, side, out);
    else
        out.put(99, terms.touch);
    out.put(110, terms.minimum);
    out.put(version == fix::Version::Fix50Sp2 ? 1138 : 111, terms.display);
    out.put(1085, terms.display_low);
    out.put(1086, terms.display_high);
    constexpr std::size_t kDateSize = 8;
    out.put(terms.expire_time.size() == kDateSize ? 432 : 126, terms.expire_time);
    out.put(152, terms.cash);
    out.put(168, terms.effective_time);
    out.put(583, terms.link);
    put_offset(terms, version, out);
    return out.take();
}

}  // namespace penstock::client
