#include "fix/codec/encode_conditions.hpp"

#include <array>

#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

constexpr std::int64_t kDayNs = 86'400'000'000'000;

/// ExecInst(18) of a peg; '\0' when there is none.
char exec_inst_of(oms::PegKind kind) {
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

/// Single characters with a space between.
class Codes {
  public:
    void add(char code) {
        if (size_ > 0) text_[size_++] = ' ';
        text_[size_++] = code;
    }
    std::string_view view() const { return {text_.data(), size_}; }

  private:
    std::array<char, 16> text_{};
    std::size_t size_ = 0;
};

}  // namespace

void ConditionWriter::exec_inst() const {
    if (conditions_ == nullptr) return;
    Codes codes;
    if (conditions_->post_only) codes.add('6');
    if (conditions_->reduce_only) codes.add('E');
    if (conditions_->held) codes.add('S');
    // Only 5.0 knows them; a venue has no part in what our client's connection means.
    const bool can_say_disconnect = is_to_client() && is_for(Version::Fix50Sp2);
    if (can_say_disconnect && conditions_->on_disconnect == oms::OnDisconnect::Keep) codes.add('n');
    if (can_say_disconnect && conditions_->on_disconnect == oms::OnDisconnect::Cancel) codes.add('o');
    const bool before_peg_types = !is_for(Version::Fix50Sp2);
    const char peg = exec_inst_of(conditions_->peg);
    if (before_peg_types && peg != '\0') codes.add(peg);
    // Stock 4.2 has no code for a trailing stop.
    const bool can_say_trailing = before_peg_types && !(is_to_client() && is_for(Version::Fix42));
    if (conditions_->trail && can_say_trailing) codes.add('a');
    if (!codes.view().empty()) out_.text(tag::kExecInst, codes.view());
}

void ConditionWriter::type() const {
    if (conditions_ != nullptr && conditions_->trail && !is_for(Version::Fix50Sp2))
        return out_.character(tag::kOrdType, static_cast<char>(oms::OrderType::Pegged));
    const bool is_unknown =
        is_to_client() && is_for(Version::Fix42) && order_.type == oms::OrderType::MarketIfTouched;
    if (!is_unknown) put_code(out_, tag::kOrdType, order_.type);
}

void ConditionWriter::time_in_force() const {
    const bool is_unknown =
        is_to_client() &&
        ((order_.time_in_force == oms::TimeInForce::GoodForAuction && !is_for(Version::Fix50Sp2)) ||
         (order_.time_in_force == oms::TimeInForce::AtClose && is_for(Version::Fix42)));
    if (!is_unknown) put_code(out_, tag::kTimeInForce, order_.time_in_force);
}

/// 5.0SP2 has fields of its own for the trigger of an order whose type says nothing of one.
bool ConditionWriter::has_trigger_group() const {
    return is_for(Version::Fix50Sp2) && conditions_->stop &&
           conditions_->trigger_direction != oms::TriggerDirection::Implied &&
           (order_.type == oms::OrderType::Market || order_.type == oms::OrderType::Limit);
}

void ConditionWriter::stop_price() const {
    if (conditions_ != nullptr && !has_trigger_group()) put(out_, tag::kStopPx, conditions_->stop);
}

void ConditionWriter::sizes() const {
    if (conditions_ == nullptr) return;
    put(out_, tag::kMinQty, conditions_->minimum);
    if (!is_for(Version::Fix50Sp2)) put(out_, tag::kMaxFloor, conditions_->display);
}

bool ConditionWriter::expires_with_a_day() const { return (conditions_->expire_time.ns + 1) % kDayNs == 0; }

void ConditionWriter::expire_time() const {
    if (conditions_ != nullptr && !expires_with_a_day())
        put_time(out_, tag::kExpireTime, conditions_->expire_time, context_);
}

void ConditionWriter::cash() const {
    if (conditions_ != nullptr) put(out_, tag::kCashOrderQty, conditions_->cash);
}

void ConditionWriter::effective_time() const {
    if (conditions_ != nullptr) put_time(out_, tag::kEffectiveTime, conditions_->effective_time, context_);
}

/// An offset whose unit cannot be said would be read as money: a client is told none rather than a wrong one.
bool ConditionWriter::can_say_offset() const {
    const oms::OffsetUnit unit = conditions_->trail ? conditions_->trail_unit : conditions_->peg_unit;
    if (unit == oms::OffsetUnit::Price || !is_to_client()) return true;
    if (is_for(Version::Fix42)) return false;
    return unit != oms::OffsetUnit::Percent || is_for(Version::Fix50Sp2);
}

void ConditionWriter::offset() const {
    if (conditions_ == nullptr || !can_say_offset()) return;
    const auto& value = conditions_->trail ? conditions_->trail : conditions_->peg_offset;
    if (value) out_.decimal(tag::kPegOffsetValue, *value);
}

void ConditionWriter::expire_date() const {
    if (conditions_ == nullptr || !expires_with_a_day()) return;
    out_.text(tag::kExpireDate, date_text(conditions_->expire_time).view());
}

/// A link between orders of a session means nothing to a venue.
void ConditionWriter::link() const {
    if (conditions_ == nullptr || !is_to_client() || is_for(Version::Fix42)) return;
    put(out_, tag::kClOrdLinkId, conditions_->link_id);
}

void ConditionWriter::offset_unit() const {
    if (conditions_ == nullptr || !can_say_offset()) return;
    const bool has_offset = conditions_->trail || conditions_->peg_offset;
    const oms::OffsetUnit unit = conditions_->trail ? conditions_->trail_unit : conditions_->peg_unit;
    const bool is_known = unit != oms::OffsetUnit::Price && unit != oms::OffsetUnit::Unsupported;
    if (has_offset && is_known) out_.number(tag::kPegOffsetType, static_cast<std::uint64_t>(unit));
}

void ConditionWriter::later_fields() const {
    if (conditions_ == nullptr || !is_for(Version::Fix50Sp2)) return;
    put(out_, tag::kDisplayLowQty, conditions_->display_low);
    put(out_, tag::kDisplayHighQty, conditions_->display_high);
    peg_price_type();
    trigger_group();
    put(out_, tag::kDisplayQty, conditions_->display);
}

void ConditionWriter::peg_price_type() const {
    constexpr std::uint64_t kTrailingStop = 8;
    if (conditions_->trail)
        out_.number(tag::kPegPriceType, kTrailingStop);
    else if (conditions_->peg != oms::PegKind::None && conditions_->peg != oms::PegKind::Unsupported)
        out_.number(tag::kPegPriceType, static_cast<std::uint64_t>(conditions_->peg));
}

void ConditionWriter::trigger_group() const {
    if (has_trigger_group()) {
        out_.character(tag::kTriggerType, '4');    // price movement
        out_.character(tag::kTriggerAction, '1');  // activate
        put(out_, tag::kTriggerPrice, conditions_->stop);
    }
    const oms::TriggerOn watched = conditions_->trigger_on;
    // The mark price has no number in the standard.
    const bool is_standard = watched != oms::TriggerOn::Default && watched != oms::TriggerOn::Unsupported &&
                             !(watched == oms::TriggerOn::Mark && is_to_client());
    if (is_standard) out_.number(tag::kTriggerPriceType, static_cast<std::uint64_t>(watched));
    if (has_trigger_group()) put_code(out_, tag::kTriggerPriceDirection, conditions_->trigger_direction);
}

}  // namespace penstock::fix
