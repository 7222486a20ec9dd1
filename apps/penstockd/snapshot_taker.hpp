#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "oms/domain/ids.hpp"

namespace penstock::apps {

/// Lets a process of its own, at the lowest priority, take a snapshot every so many records:
/// `penstockd snapshot`, which reads the journal beside this one. One at a time.
class SnapshotTaker {
  public:
    using Note = std::function<void(std::string_view)>;
    /// `every` zero: never. `newest`: the record of the snapshot this process began with.
    SnapshotTaker(std::filesystem::path config, std::uint64_t every, Seq newest, Note note)
        : config_(std::move(config)), every_(every), newest_(newest), note_(std::move(note)) {}

    /// About once a second: is it time for one, and what has become of the last?
    void look(Seq last);

  private:
    void start(Seq last);
    void reap();

    std::filesystem::path config_;
    std::uint64_t every_;
    Seq newest_;  // of the last that was begun, whatever became of it
    Note note_;
    pid_t child_ = 0;
};

}  // namespace penstock::apps
