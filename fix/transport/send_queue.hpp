#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

#include "oms/domain/ids.hpp"

namespace penstock::fix {

/// Bytes that wait for their journal record, in wire order. The durability rule of one connection:
/// nothing passes before its own record and those of everything ahead of it are durable.
class SendQueue {
  public:
    /// Appends bytes caused by `hold`. A none `hold` waits for nothing.
    void push(std::string_view bytes, Seq hold) {
        bytes_.append(bytes);
        if (!holds_.empty() && holds_.back().seq == hold && holds_.back().is_known)
            holds_.back().end = base_ + bytes_.size();
        else
            holds_.push_back({base_ + bytes_.size(), hold, true});
    }
    /// Appends bytes whose record does not exist yet: they stay until `settle` says which it is.
    void push_unsettled(std::string_view bytes) {
        bytes_.append(bytes);
        holds_.push_back({base_ + bytes_.size(), {}, false});
    }
    void settle(Seq hold) {
        for (Hold& held : holds_) {
            if (held.is_known) continue;
            held.seq = hold;
            held.is_known = true;
        }
    }
    /// The bytes that may leave now. Valid until the next push.
    std::string_view ready(Seq durable) {
        while (!holds_.empty() && holds_.front().is_known && holds_.front().seq <= durable) {
            ready_end_ = holds_.front().end;
            holds_.pop_front();
        }
        return std::string_view(bytes_).substr(0, ready_end_ - base_);
    }
    /// Bytes at the front were sent.
    void consume(std::size_t count) {
        base_ += count;
        bytes_.erase(0, count);
    }
    std::size_t size() const { return bytes_.size(); }
    bool is_all_released() const { return holds_.empty(); }

  private:
    struct Hold {
        std::size_t end;  // counted from the first byte ever pushed
        Seq seq;
        bool is_known;
    };
    std::string bytes_;
    std::deque<Hold> holds_;
    std::size_t base_ = 0;       // bytes ever consumed
    std::size_t ready_end_ = 0;  // bytes ever released
};

}  // namespace penstock::fix
