#include "apps/penstock_verify/audit.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace penstock::verify {
namespace {

constexpr std::uint64_t kWidth = 256;
constexpr std::size_t kHashBytes = sizeof(Hash);
constexpr unsigned kHeight = 8;

std::string_view view(const Hash& hash) { return {reinterpret_cast<const char*>(hash.data()), hash.size()}; }

std::string tile_name(const std::string& kind, std::uint64_t index) {
    std::string path = std::to_string(1000 + index % 1000).substr(1);
    for (index /= 1000; index > 0; index /= 1000)
        path = "x" + std::to_string(1000 + index % 1000).substr(1) + "/" + path;
    return "tile/" + kind + "/" + path;
}

std::string with_width(const std::string& tile, std::uint64_t width) {
    return width == kWidth ? tile : tile + ".p/" + std::to_string(width);
}

/// How many hashes tile `index` of a level has in a tree of `size`.
std::uint64_t width_of(unsigned level, std::uint64_t index, std::uint64_t size) {
    const std::uint64_t hashes = size >> (kHeight * level);
    return std::min(kWidth, hashes - index * kWidth);
}

Hash root_of(const std::vector<Hash>& peaks) {
    if (peaks.empty()) return sha256({});
    Hash root = peaks.back();
    for (std::size_t at = peaks.size() - 1; at-- > 0;) root = node_hash(peaks[at], root);
    return root;
}

/// The bytes of the first `count` entries of a bundle; npos when it has fewer or does not fit together.
std::size_t length_of(std::string_view bundle, std::uint64_t count) {
    std::size_t at = 0;
    for (; count > 0; --count) {
        if (bundle.size() - at < 2) return std::string_view::npos;
        const auto length = static_cast<std::size_t>(static_cast<unsigned char>(bundle[at])) << 8U |
                            static_cast<unsigned char>(bundle[at + 1]);
        if (bundle.size() - at - 2 < length) return std::string_view::npos;
        at += 2 + length;
    }
    return at;
}

}  // namespace

Audit::Audit(std::filesystem::path folder, const Checkpoint& newest, std::vector<Vouched> vouched)
    : folder_(std::move(folder)), newest_(newest), vouched_(std::move(vouched)), levels_(1) {
    std::stable_sort(vouched_.begin(), vouched_.end(), [](const Vouched& left, const Vouched& right) {
        return left.checkpoint.size < right.checkpoint.size;
    });
}

void Audit::problem(std::string sentence) {
    if (findings_.problems.size() < kMaxProblems) findings_.problems.push_back(std::move(sentence));
}

bool Audit::read(const std::string& path, std::string& bytes) {
    std::ifstream file(folder_ / path, std::ios::binary);
    if (!file) return false;
    bytes.assign(std::istreambuf_iterator<char>(file), {});
    visited_.insert(path);
    return !file.bad();
}

Findings Audit::walk(const RecordCheck& record_check) {
    check_roots();
    for (std::uint64_t index = 0; index * kWidth < newest_.size && !is_stopped_; ++index)
        bundle(index, record_check);
    findings_.records = size_;
    findings_.root = root_of(peaks_);
    if (is_stopped_) return std::move(findings_);
    for (unsigned level = 0; level < levels_.size(); ++level)
        if (!levels_[level].hashes.empty()) finish_tile(level);
    check_strays();
    return std::move(findings_);
}

void Audit::bundle(std::uint64_t index, const RecordCheck& record_check) {
    const std::uint64_t width = width_of(0, index, newest_.size);
    const std::string name = tile_name("entries", index);
    const std::string path = with_width(name, width);
    const std::string first = std::to_string(index * kWidth);
    std::string bytes;
    if (!read(path, bytes)) {
        is_stopped_ = true;
        return problem("record " + first + ": its file " + path + " is missing");
    }
    if (!read(with_width(tile_name("0", index), width), stored_leaves_)) stored_leaves_.clear();
    std::size_t at = 0;
    for (std::uint64_t entry = 0; entry < width; ++entry) {
        const std::string_view rest = std::string_view(bytes).substr(at);
        const std::size_t length = length_of(rest, 1);
        if (length == std::string_view::npos) {
            is_stopped_ = true;
            return problem("record " + std::to_string(size_) + ": " + path + " ends before it does");
        }
        record(size_, rest.substr(2, length - 2), record_check);
        at += length;
    }
    if (at != bytes.size())
        problem("record " + std::to_string(size_ - 1) + ": " + path + " goes on behind its last record");
    compare_partials(name, bytes, width);
}

void Audit::record(std::uint64_t index, std::string_view leaf, const RecordCheck& record_check) {
    const Hash hash = leaf_hash(leaf);
    const std::string_view stored = std::string_view(stored_leaves_);
    const std::size_t at = index % kWidth * kHashBytes;
    if (at + kHashBytes <= stored.size() && stored.substr(at, kHashBytes) != view(hash))
        problem("record " + std::to_string(index) + ": it does not hash to what " +
                tile_name("0", index / kWidth) + " holds for it; one of the two was altered");
    if (record_check)
        if (std::string wrong = record_check(index, leaf); !wrong.empty())
            problem("record " + std::to_string(index) + ": " + wrong);
    grow(hash);
    check_roots();
}

void Audit::grow(const Hash& leaf) {
    peaks_.push_back(leaf);
    levels_[0].hashes += view(leaf);
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
        levels_[level].hashes += view(peaks_.back());
    }
}

/// Compares a tile, full or the last of its level, with the files that hold it.
void Audit::finish_tile(unsigned level) {
    Level& filled = levels_[level];
    const std::string name = tile_name(std::to_string(level), filled.tile);
    const std::uint64_t width = filled.hashes.size() / kHashBytes;
    const std::string path = with_width(name, width);
    std::string stored;
    if (!read(path, stored)) {
        problem(path + " is missing");
    } else if (stored != filled.hashes) {
        const auto parted =
            std::mismatch(stored.begin(), stored.end(), filled.hashes.begin(), filled.hashes.end());
        const auto hash = static_cast<std::uint64_t>(parted.first - stored.begin()) / kHashBytes;
        const std::uint64_t first = (filled.tile * kWidth + hash) << (kHeight * level);
        problem(path + " is not the tile of these records, from record " + std::to_string(first) + " on");
    }
    compare_partials(name, filled.hashes, width);
    filled.hashes.clear();
    ++filled.tile;
}

/// Older, narrower versions of a tile must be its beginning.
void Audit::compare_partials(const std::string& tile, std::string_view bytes, std::uint64_t full_width) {
    const bool is_bundle = tile.starts_with("tile/entries/");
    std::error_code absent;
    for (std::filesystem::directory_iterator file(folder_ / (tile + ".p"), absent), end; file != end;
         ++file) {
        const auto width = parse_number(file->path().filename().string());
        if (!width || *width == 0 || *width >= full_width) continue;  // the stray check tells of them
        const std::string path = with_width(tile, *width);
        std::string stored;
        const std::size_t length = is_bundle ? length_of(bytes, *width) : *width * kHashBytes;
        if (read(path, stored) && stored != bytes.substr(0, length))
            problem(path + " is not the beginning of the newer " + with_width(tile, full_width));
    }
}

/// Compares the root here with that of each checkpoint of this size.
void Audit::check_roots() {
    for (; next_vouched_ < vouched_.size(); ++next_vouched_) {
        const Vouched& vouched = vouched_[next_vouched_];
        if (vouched.checkpoint.size != size_) return;
        if (vouched.checkpoint.root != root_of(peaks_))
            problem(vouched.name + " was signed for other records: the first " + std::to_string(size_) +
                    " do not have its root");
    }
}

void Audit::check_strays() {
    std::error_code absent;
    const std::filesystem::path tiles = folder_ / "tile";
    for (std::filesystem::recursive_directory_iterator file(tiles, absent), end; file != end; ++file) {
        if (file->is_directory()) continue;
        const std::string path = file->path().lexically_relative(folder_).generic_string();
        if (visited_.count(path) == 0)
            problem(path + " belongs to no checkpoint: it was added, or the end was cut");
    }
}

}  // namespace penstock::verify
