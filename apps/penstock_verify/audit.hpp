#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "apps/penstock_verify/records.hpp"

namespace penstock::verify {

/// A checkpoint that was given, with the name it is spoken of by.
struct Vouched {
    std::string name;
    Checkpoint checkpoint;
    std::uint64_t witnesses = 0;   // that countersigned it
    std::optional<bool> agrees{};  // the records have its root; nothing when the walk did not come so far
    std::uint64_t seq = 0;         // of the last record under it, by the record's word
};

/// At most this many problems are told; one altered byte can spoil everything behind it.
inline constexpr std::size_t kMaxProblems = 20;
inline constexpr int kSound = 0, kAltered = 1, kCannot = 2;  // exit codes

/// What is wrong, a sentence each.
struct Problems : std::vector<std::string> {
    void add(const std::string& name, const std::string& wrong) {
        if (!wrong.empty()) push_back(name + wrong);
    }
    /// As many of them as are told at once, and how many more there are.
    void add_some(const Problems& others, const char* what) {
        const std::size_t count = std::min(others.size(), kMaxProblems);
        insert(end(), others.begin(), others.begin() + static_cast<std::ptrdiff_t>(count));
        if (count < others.size()) push_back(join(others.size() - count, what));
    }
    int verdict(const std::string& sound) const {
        for (const std::string& problem : *this) std::printf("ALTERED %s\n", problem.c_str());
        if (empty()) std::printf("SOUND %s\n", sound.c_str());
        return empty() ? kSound : kAltered;
    }
};

inline constexpr unsigned kWidth = 256, kHeight = 8, kHashBytes = sizeof(Hash);

/// A pipe, which may never end, is no file.
inline bool slurp(const std::filesystem::path& path, std::string& bytes, std::uintmax_t most = UINTMAX_MAX) {
    std::error_code problem;
    if (!std::filesystem::is_regular_file(path, problem)) return false;
    std::ifstream file(path, std::ios::binary);
    bytes.resize(std::min(std::filesystem::file_size(path, problem), most));
    return !problem && file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

inline std::string tile_name(const std::string& kind, std::uint64_t index) {
    std::string path = std::to_string(1000 + index % 1000).substr(1);
    for (index /= 1000; index > 0; index /= 1000)
        path = "x" + std::to_string(1000 + index % 1000).substr(1) + "/" + path;
    return "tile/" + kind + "/" + path;
}

inline std::string with_width(const std::string& tile, std::uint64_t width) {
    return width == kWidth ? tile : tile + ".p/" + std::to_string(width);
}

inline Hash root_of(const std::vector<Hash>& peaks) {
    if (peaks.empty()) return sha256({});
    Hash root = peaks.back();
    for (std::size_t at = peaks.size() - 1; at-- > 0;) root = node_hash(peaks[at], root);
    return root;
}

/// Reads a folder in C2SP tlog-tiles layout as it must be for the newest checkpoint, once from front to
/// back: hashes every record, compares every tile, full and partial, with what the records hash to, and
/// the root at the size of every checkpoint with the one that was signed.
class Audit {
  public:
    /// `vouched` by size; `records` look at each record in order, unless there are none.
    Audit(std::filesystem::path folder, std::uint64_t size, std::span<Vouched> vouched,
          JournalRecords* records)
        : folder_(std::move(folder)), whole_(size), vouched_(vouched), records_(records), levels_(1) {}
    /// What is wrong, a sentence each; the first names the first bad record where one can be named.
    std::vector<std::string> walk() {
        check_roots({});
        for (std::uint64_t index = 0; index * kWidth < whole_; ++index)
            if (!bundle(index)) return std::move(problems_);
        for (unsigned level = 0; level < levels_.size(); ++level)
            if (!levels_[level].empty()) finish_tile(level);
        check_strays();
        return std::move(problems_);
    }

  private:
    /// False when what follows cannot be looked at.
    bool bundle(std::uint64_t index) {
        const std::uint64_t width = std::min<std::uint64_t>(kWidth, whole_ - index * kWidth);
        const std::string name = tile_name("entries", index);
        const std::string path = with_width(name, width);
        std::string bytes;
        if (!read(path, bytes)) return problem("record ", size_, ": its file ", path, " is missing");
        if (!read(with_width(tile_name("0", index), width), stored_leaves_)) stored_leaves_.clear();
        std::vector<std::size_t> ends{0};  // of the first entries
        while (ends.size() <= width) {
            const std::string_view rest = std::string_view(bytes).substr(ends.back());
            const std::size_t length = 2 + big_endian(rest.substr(0, 2));
            if (rest.size() < length) return problem("record ", size_, ": ", path, " ends before it does");
            record(rest.substr(2, length - 2));
            ends.push_back(ends.back() + length);
        }
        if (ends.back() < bytes.size())
            problem("record ", size_ - 1, ": ", path, " goes on behind its last record");
        compare_partials(name, bytes, width, [&](std::uint64_t narrow) { return ends[narrow]; });
        return true;
    }
    void record(std::string_view leaf) {
        const Hash hash = leaf_hash(leaf);
        const std::size_t at = size_ % kWidth * kHashBytes;
        const std::string wrong = records_ ? records_->check(size_, leaf) : "";
        const auto name = [&] { return record_name(size_, records_ ? leaf : ""); };
        if (at + kHashBytes <= stored_leaves_.size() &&
            stored_leaves_.compare(at, kHashBytes, view(hash)) != 0)
            problem(name(), ": it does not hash to what ", tile_name("0", size_ / kWidth),
                    " holds for it; one of the two was altered");
        if (!wrong.empty()) problem(name(), ": ", wrong);
        grow(hash);
        check_roots(leaf);
    }
    void grow(const Hash& leaf) {
        peaks_.push_back(leaf);
        levels_[0] += view(leaf);
        ++size_;
        unsigned height = 0;
        for (std::uint64_t rest = size_; rest % 2 == 0; rest /= 2) {
            const Hash right = peaks_.back();
            peaks_.pop_back();
            peaks_.back() = node_hash(peaks_.back(), right);
            if (++height % kHeight != 0) continue;
            const unsigned level = height / kHeight;
            finish_tile(level - 1);
            if (levels_.size() == level) levels_.emplace_back();
            levels_[level] += view(peaks_.back());
        }
    }
    /// Compares a tile, full or the last of its level, with the files that hold it.
    void finish_tile(unsigned level) {
        const std::string hashes = std::exchange(levels_[level], {});
        const std::uint64_t index = ((size_ >> (kHeight * level)) - 1) / kWidth;
        const std::string name = tile_name(std::to_string(level), index);
        const std::uint64_t width = hashes.size() / kHashBytes;
        std::string stored;
        const bool is_there = read(with_width(name, width), stored);
        const auto bad = std::mismatch(hashes.begin(), hashes.end(), stored.begin(), stored.end()).first;
        const auto at = static_cast<std::uint64_t>(bad - hashes.begin()) / kHashBytes;
        if (stored != hashes)
            problem("record ", (index * kWidth + at) << (kHeight * level), ": ", with_width(name, width),
                    is_there ? " has not its hash" : " is missing");
        compare_partials(name, hashes, width, [](std::uint64_t narrow) { return narrow * kHashBytes; });
    }
    /// Older, narrower versions of a tile must be its beginning.
    void compare_partials(const std::string& tile, std::string_view bytes, std::uint64_t full_width,
                          const auto& end_of) {
        std::error_code absent;
        for (const auto& file : std::filesystem::directory_iterator(folder_ / (tile + ".p"), absent)) {
            const auto width = parse_number(file.path().filename().string());
            if (!width || *width == 0 || *width >= full_width) continue;  // the stray check tells of them
            const std::string path = with_width(tile, *width);
            std::string stored;
            if (read(path, stored) && stored != bytes.substr(0, end_of(*width)))
                problem(path, " is not the beginning of the newer ", with_width(tile, full_width));
        }
    }
    void check_roots(std::string_view last) {
        for (; !vouched_.empty() && vouched_[0].checkpoint.size == size_; vouched_ = vouched_.subspan(1)) {
            vouched_[0].agrees = vouched_[0].checkpoint.root == root_of(peaks_);
            vouched_[0].seq = records_ ? seq_of(last) : 0;
        }
    }
    void check_strays() {
        std::error_code absent;
        for (const auto& file : std::filesystem::recursive_directory_iterator(folder_ / "tile", absent)) {
            const std::string path = file.path().lexically_relative(folder_).generic_string();
            if (!file.is_directory(absent) && visited_.count(path) == 0)
                problem(path, " belongs to no checkpoint: it was added, or the end was cut");
        }
    }
    bool read(const std::string& path, std::string& bytes) {
        visited_.insert(path);
        return slurp(folder_ / path, bytes);
    }
    template <class... Parts>
    bool problem(const Parts&... parts) {
        if (problems_.size() < kMaxProblems) problems_.push_back(join(parts...));
        return false;
    }

    std::filesystem::path folder_;
    std::uint64_t whole_;         // the size of the newest
    std::span<Vouched> vouched_;  // those the walk has not come to
    JournalRecords* records_;
    std::vector<std::string> levels_;  // the hashes of the tile being filled
    std::vector<Hash> peaks_;          // of the right edge, the largest subtree first
    std::uint64_t size_ = 0;
    std::string stored_leaves_;  // the level 0 tile that belongs to the bundle at hand
    std::set<std::string> visited_;
    std::vector<std::string> problems_;
};

}  // namespace penstock::verify
