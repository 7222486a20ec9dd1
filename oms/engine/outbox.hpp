#pragma once

#include <span>
#include <vector>

#include "oms/domain/output.hpp"

namespace penstock::oms {

/// Collects what one step causes, in order. Grows to the largest step seen and then allocates no
/// more; bounded by the number of orders, because a step says a bounded number of things about each.
class Outbox {
  public:
    Outbox() { outputs_.reserve(64); }

    template <class T>
    T& emit() {
        return *std::get_if<T>(&outputs_.emplace_back(std::in_place_type<T>));
    }
    template <class T>
    void emit(const T& output) {
        outputs_.emplace_back(std::in_place_type<T>, output);
    }
    std::span<const Output> view() const { return outputs_; }
    void clear() { outputs_.clear(); }

  private:
    std::vector<Output> outputs_;
};

}  // namespace penstock::oms
