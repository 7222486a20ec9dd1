#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

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
            holds_.back().end = base_ + size();
        else
            holds_.push_back({base_ + size(), hold, true});
    }
    /// Appends bytes whose record does not exist yet: they stay until `settle` says which it is.
    void push_unsettled(std::string_view bytes) {
        bytes_.append(bytes);
        holds_.push_back({base_ + size(), {}, false});
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
        while (first_ < holds_.size() && holds_[first_].is_known && holds_[first_].seq <= durable)
            ready_end_ = holds_[first_++].end;
        if (first_ == holds_.size()) {
            holds_.clear();  // keeps its memory: nothing is allocated once the queue has been this long
            first_ = 0;
        } else if (first_ >= kReleasedKept) {
            holds_.erase(holds_.begin(), holds_.begin() + static_cast<std::ptrdiff_t>(first_));
            first_ = 0;
        }
        return std::string_view(bytes_).substr(sent_, ready_end_ - base_);
    }
    /// Bytes at the front were sent.
    void consume(std::size_t count) {
        base_ += count;
        sent_ += count;
        // Not at every write: a long queue would be moved once for each piece the kernel takes.
        if (sent_ * 2 < bytes_.size()) return;
        bytes_.erase(0, sent_);
        sent_ = 0;
    }
    std::size_t size() const { return bytes_.size() - sent_; }
    bool is_all_released() const { return first_ == holds_.size(); }

  private:
    static constexpr std::size_t kReleasedKept = 1024;  // then the released part is dropped

    struct Hold {
        std::size_t end;  // counted from the first byte ever pushed
        Seq seq;
        bool is_known;
    };
    std::string bytes_;
    std::vector<Hold> holds_;
    std::size_t first_ = 0;      // the first hold not released yet
    std::size_t sent_ = 0;       // at the front of bytes_, already consumed
    std::size_t base_ = 0;       // bytes ever consumed
    std::size_t ready_end_ = 0;  // bytes ever released
};

}  // namespace penstock::fix
