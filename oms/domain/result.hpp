#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "oms/domain/assert.hpp"

namespace penstock {

/// Operating faults: what went wrong with the machine or the caller's data, never a business "no"
/// (those are `oms::Reason`). Dense, so support never has to read a log to tell two apart.
enum class Fault : std::uint8_t {
    None,
    Malformed,          // text that is no number, id or enum of its kind
    Overflow,           // the exact result does not fit
    PrecisionLoss,      // the exact result needs more decimals than the type holds
    IllegalTransition,  // an order event the order's state refuses
    NotFound,
    Busy,          // a bounded queue is full; try again
    IoError,       // a system call failed; see errno text in the log
    Corrupt,       // stored bytes do not verify
    Incompatible,  // stored bytes of a version we do not read
    Closed,        // the peer or the component is gone
};

std::string_view to_text(Fault fault);

/// Either a value or a fault. Cheap: no allocation of its own.
template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit by design
    Result(Fault fault) : held_(std::in_place_index<1>, fault) {}         // NOLINT: implicit by design

    explicit operator bool() const { return held_.index() == 0; }
    const T& operator*() const { return value(); }
    T& operator*() { return value(); }
    const T* operator->() const { return &value(); }
    Fault error() const { return held_.index() == 1 ? std::get<1>(held_) : Fault::None; }

  private:
    const T& value() const {
        const T* held = std::get_if<0>(&held_);
        PENSTOCK_ASSERT(held != nullptr, "a failed Result was read");
        return *held;
    }
    T& value() { return const_cast<T&>(std::as_const(*this).value()); }

    std::variant<T, Fault> held_;
};

/// An operation without a value: `Fault::None` is success.
using Status = Fault;

/// Builds one visitor out of several lambdas, one per alternative of a variant.
template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

}  // namespace penstock
