#pragma once

#include <filesystem>
#include <optional>

#include "apps/runtime/snapshots.hpp"
#include "fix/recovered_numbers.hpp"
#include "tests/sim/disk.hpp"
#include "tests/sim/surroundings.hpp"

namespace penstock::sim {

/// The snapshots of a world: taken and read by the product, in a real directory; damaged and lost by chance.
/// Chance of its own, so that a world goes the same way with and without them.
class Snapshots {
  public:
    Snapshots(Surroundings& world, Disk& disk, const std::filesystem::path& journal);
    ~Snapshots();
    Snapshots(const Snapshots&) = delete;
    Snapshots& operator=(const Snapshots&) = delete;

    /// About every three seconds.
    void take_now_and_then() {
        if (random_.one_in(30)) take();
    }
    /// The second reader looks at what is in the files at this moment.
    void take();
    /// What may have become of the files while the process was gone: one bit of the newest flipped, the
    /// newest lost, or written by a program of another layout.
    void spoil();
    /// Restores the newest good one that fits the journal in its directory; counts what came of it.
    std::optional<apps::ReadOn> restore(const persistence::Uuid& uuid, const apps::Replayed& into);

    std::uint64_t taken = 0, restored = 0, refused = 0;

  private:
    Surroundings& world_;
    Disk& disk_;
    std::filesystem::path journal_;
    std::filesystem::path directory_;
    Random random_;
};

}  // namespace penstock::sim
