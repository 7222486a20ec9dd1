#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

#include "oms/domain/time.hpp"

namespace penstock::sim {

/// What happens next, by virtual time; at one moment in the order it was put down. The time here never
/// goes back: what the machine's clock says is another matter (`world.hpp`).
class Agenda {
  public:
    using Action = std::function<void()>;

    explicit Agenda(Timestamp start) : now_(start) {}

    Timestamp now() const { return now_; }
    void in(Duration delay, Action action) { at(now_ + delay, std::move(action)); }
    void at(Timestamp when, Action action) {
        items_.push_back({when < now_ ? now_ : when, ++count_, std::move(action)});
        std::push_heap(items_.begin(), items_.end(), later);
    }
    /// Does the next thing. False when there is none.
    bool step() {
        if (items_.empty()) return false;
        std::pop_heap(items_.begin(), items_.end(), later);
        const Item item = std::move(items_.back());
        items_.pop_back();
        now_ = item.when;
        item.action();
        return true;
    }

  private:
    struct Item {
        Timestamp when;
        std::uint64_t order = 0;
        Action action;
    };
    static bool later(const Item& a, const Item& b) {
        return a.when != b.when ? a.when > b.when : a.order > b.order;
    }

    std::vector<Item> items_;
    std::uint64_t count_ = 0;
    Timestamp now_;
};

}  // namespace penstock::sim
