#pragma once

#include <string>

#include "oms/engine/core.hpp"

namespace penstock::oms {

/// A snapshot in memory.
class SnapshotText final : public ByteSink {
  public:
    explicit SnapshotText(const Core& core) { core.snapshot(*this); }
    void write(std::string_view bytes) override { text_.append(bytes); }
    const std::string& text() const { return text_; }

  private:
    std::string text_;
};

/// Puts a core made from the snapshot of `core` in its place. False when it is not the same in every byte.
inline bool restart_from_snapshot(Core& core) {
    const SnapshotText snapshot(core);
    Core again({.orders = 1, .requests = 1, .fills = 1, .refusals = 1});
    if (again.restore(snapshot.text()) != Fault::None) return false;
    if (again.state_hash() != core.state_hash()) return false;
    core = std::move(again);
    return SnapshotText(core).text() == snapshot.text();
}

}  // namespace penstock::oms
