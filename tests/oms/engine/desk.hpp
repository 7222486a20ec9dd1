#pragma once

#include <span>
#include <variant>

#include "tests/oms/engine/trading_day.hpp"

namespace penstock::oms {

/// Steps a core one input at a time and keeps the last outputs.
class Desk {
  public:
    explicit Desk(const Capacity& capacity) : core_(capacity) { run(core_, opening()); }

    template <class Body>
    std::span<const Output> step(const Body& body) {
        out_.clear();
        core_.step({{++seq_}, now, {}, body}, out_);
        return out_.view();
    }
    Core& core() { return core_; }
    Timestamp now{1'000'000'000'000};
    /// The output of this kind that has so many of it before it; none when there is none.
    template <class T>
    const T* said(int before = 0) const {
        for (const Output& output : out_.view()) {
            const T* const found = std::get_if<T>(&output);
            if (found != nullptr && before-- == 0) return found;
        }
        return nullptr;
    }

    template <class T>
    int count() const {
        int found = 0;
        for (const Output& output : out_.view()) found += std::holds_alternative<T>(output) ? 1 : 0;
        return found;
    }

  private:
    Core core_;
    Outbox out_;
    std::uint64_t seq_ = 0;
};

}  // namespace penstock::oms
