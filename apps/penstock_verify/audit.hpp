#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "apps/penstock_verify/notes.hpp"

namespace penstock::verify {

/// A checkpoint that was given, with the name it is spoken of by.
struct Vouched {
    std::string name;
    Checkpoint checkpoint;
};

/// Looks at each record in order, after it is known where it stands; returns what is wrong, or nothing.
using RecordCheck = std::function<std::string(std::uint64_t index, std::string_view leaf)>;

/// What a walk over a whole audit found. Everything that is wrong is a sentence; the first names the first
/// bad record where one can be named.
struct Findings {
    std::vector<std::string> problems;
    std::uint64_t records = 0;
    Hash root{};
};

/// At most this many problems are told; one altered byte can spoil everything behind it.
inline constexpr std::size_t kMaxProblems = 20;

/// Reads a folder in C2SP tlog-tiles layout as it must be for the `newest` checkpoint, once from front to
/// back: hashes every record, compares every tile, full and partial, with what the records hash to, and
/// the root at the size of every checkpoint with the one that was signed.
class Audit {
  public:
    Audit(std::filesystem::path folder, const Checkpoint& newest, std::vector<Vouched> vouched);
    Findings walk(const RecordCheck& record_check);

  private:
    struct Level {
        std::string hashes;      // of the tile being filled
        std::uint64_t tile = 0;  // its index
    };

    void bundle(std::uint64_t index, const RecordCheck& record_check);
    void record(std::uint64_t index, std::string_view leaf, const RecordCheck& record_check);
    void grow(const Hash& leaf);
    void finish_tile(unsigned level);
    void compare_partials(const std::string& tile, std::string_view bytes, std::uint64_t full_width);
    void check_roots();
    void check_strays();
    bool read(const std::string& path, std::string& bytes);
    void problem(std::string sentence);

    std::filesystem::path folder_;
    const Checkpoint& newest_;
    std::vector<Vouched> vouched_;  // by size
    std::size_t next_vouched_ = 0;
    std::vector<Level> levels_;
    std::vector<Hash> peaks_;  // of the right edge, the largest subtree first
    std::uint64_t size_ = 0;
    std::string stored_leaves_;  // the level 0 tile that belongs to the bundle at hand
    std::set<std::string> visited_;
    Findings findings_;
    bool is_stopped_ = false;
};

}  // namespace penstock::verify
