#pragma once

#include <optional>

#include "fix/codec/encode_parts.hpp"
#include "oms/domain/conditions.hpp"

namespace penstock::fix {

/// Who reads it. A client gets what stock dictionaries of its version have and nothing else; a venue that
/// keeps a condition by its sheet has agreed to the fields that say so.
enum class Audience : std::uint8_t { Client, Venue };

/// An order as far as conditions are written about it.
struct Conditional {
    oms::OrderType type;
    oms::TimeInForce time_in_force;
    const std::optional<oms::OrderConditions>& conditions;
};

/// Writes what a version can say of an order's type, time in force and conditions, each field when it is its
/// turn by tag. A 4.x trailing stop is OrdType(40)=P with ExecInst(18)=a; later versions have
/// PegPriceType(1094). What the version cannot say is left out, together with what would be wrong without it.
/// Inside this room only.
class ConditionWriter {
  public:
    ConditionWriter(const Conditional& order, Audience audience, const EncodeContext& context,
                    BodyWriter& out)
        : order_(order),
          conditions_(order.conditions ? &*order.conditions : nullptr),
          audience_(audience),
          context_(context),
          out_(out) {}

    void exec_inst() const;       // 18
    void type() const;            // 40
    void time_in_force() const;   // 59
    void stop_price() const;      // 99
    void sizes() const;           // 110, 111
    void expire_time() const;     // 126
    void cash() const;            // 152
    void effective_time() const;  // 168
    void offset() const;          // 211
    void expire_date() const;     // 432
    void link() const;            // 583
    void offset_unit() const;     // 836
    void later_fields() const;    // 1085 and up

  private:
    bool is_for(Version version) const { return context_.version == version; }
    bool is_to_client() const { return audience_ == Audience::Client; }
    bool can_say_offset() const;
    bool has_trigger_group() const;
    bool expires_with_a_day() const;
    void peg_price_type() const;
    void trigger_group() const;

    const Conditional order_;
    const oms::OrderConditions* conditions_;  // null: none
    Audience audience_;
    const EncodeContext& context_;
    BodyWriter& out_;
};

}  // namespace penstock::fix
