#pragma once

#include <optional>
#include <type_traits>

#include "oms/domain/fields.hpp"
#include "oms/domain/order_state.hpp"
#include "oms/engine/hash_index.hpp"

namespace penstock::oms {

/// Folds values into one number. Every field of the state goes through here by name.
class Digest {
  public:
    void add(std::uint64_t word) {
        hash_ = (hash_ ^ word) * 0xFF51AFD7ED558CCDULL;
        hash_ ^= hash_ >> 32;
    }
    void add(std::string_view text) { add(hash_bytes(text, hash_)); }
    void add(Decimal value) {
        add(static_cast<std::uint64_t>(value.mantissa()));
        add(static_cast<std::uint64_t>(value.scale()));
    }
    void add(const Notional& value) {
        add(static_cast<std::uint64_t>(value.mantissa()));
        add(static_cast<std::uint64_t>(value.mantissa() >> 64));
        add(static_cast<std::uint64_t>(value.scale()));
    }
    void add(const std::optional<Price>& value) {
        add(std::uint64_t{value.has_value()});
        if (value) add(value->value);
    }
    void add(Timestamp value) { add(static_cast<std::uint64_t>(value.ns)); }
    /// A described struct, field by field, so that none is forgotten.
    template <class T>
        requires std::same_as<T, OrderConditions> || std::same_as<T, VenueTerms>
    void add(const T& described) {
        describe(described, [this](std::uint32_t, const char*, const auto& member) { add_member(member); });
    }
    void add(const OrderState& state) {
        add(static_cast<std::uint64_t>(state.phase));
        add(std::uint64_t{state.amends_in_flight});
        add(std::uint64_t{state.cancels_in_flight});
        add(std::uint64_t{state.outcome_unknown});
        add(std::uint64_t{state.suspended});
        add(std::uint64_t{state.stopped});
        add(std::uint64_t{state.filled_late});
        add(std::uint64_t{state.day_ended});
        add(state.quantity.value);
        add(state.filled.value);
        add(state.notional);
    }
    std::uint64_t value() const { return hash_; }

  private:
    template <class T>
    void add_member(const T& member) {
        if constexpr (requires { member.has_value(); }) {
            add(std::uint64_t{member.has_value()});
            if (member) add_member(*member);
        } else if constexpr (requires { member.view(); }) {
            add(member.view());
        } else if constexpr (requires { member.value; }) {
            add(member.value);
        } else if constexpr (std::is_enum_v<T> || std::is_same_v<T, bool>) {
            add(static_cast<std::uint64_t>(member));
        } else {
            add(member);
        }
    }

    std::uint64_t hash_ = 0x50454E53544F434BULL;
};

}  // namespace penstock::oms
