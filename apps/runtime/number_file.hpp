#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "fix/session/fix_session.hpp"

namespace penstock::apps {

/// The next numbers of a few FIX sessions in a small file, one line each: in, out, name. For clients
/// and simulated venues, which have no journal: a restart goes on where it stopped, and messages sent
/// before it are gap-filled. Overwritten in place and not synced: it outlives a killed process, not a
/// machine without power.
class NumberFile {
  public:
    NumberFile() = default;
    ~NumberFile();
    NumberFile(const NumberFile&) = delete;
    NumberFile& operator=(const NumberFile&) = delete;

    /// Opens or makes the file, and its folder. Nothing when it worked, else what is wrong.
    std::optional<std::string> open(const std::filesystem::path& file);
    /// Gives the session the numbers it had. Before its first connection.
    void recover(fix::FixSession& session);
    /// Writes the numbers of all recovered sessions if one has moved. False: the disk did not take them.
    bool keep();

  private:
    struct Kept {
        fix::FixSession* session = nullptr;
        std::uint32_t in = 1;
        std::uint32_t out = 1;
    };

    int file_ = -1;
    std::string read_;  // what the file held when it was opened
    std::vector<Kept> kept_;
};

}  // namespace penstock::apps
