#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/tlog/files.hpp"
#include "compliance/tlog/merkle.hpp"

namespace penstock::compliance {

// The files of a log as c2sp.org/tlog-tiles lays them out: hashes in tiles of 256, at level L the hashes of
// subtrees of 256^L leaves; entries in bundles of 256, each with its length before it.

inline constexpr std::uint64_t kTileWidth = 256;
inline constexpr unsigned kTileHeight = 8;  // 2^8 hashes
inline constexpr unsigned kTileLevels = 8;  // enough for 2^63 leaves
inline constexpr std::string_view kCheckpointFile = "checkpoint";
/// The newest one with countersignatures: verifiers read every checkpoint.<anything>.
inline constexpr std::string_view kCosignedFile = "checkpoint.cosigned";
/// Where older ones are kept, each under its size in decimal: they tell where records were altered.
inline constexpr std::string_view kKeptFolder = "checkpoints";
/// A length is 16 bits. A longer record is cut into several leaves by whoever appends it.
inline constexpr std::size_t kMaxEntryBytes = 65535;

/// "001" for 1, "x001/x234/067" for 1234067.
std::string index_path(std::uint64_t index);

/// One tile, or with `is_entries` one bundle of entries.
struct TileAt {
    unsigned level = 0;
    std::uint64_t index = 0;
    std::uint64_t width = kTileWidth;
    bool is_entries = false;
};
std::string path_of(const TileAt& tile);
/// "tile/0/001.p", where the partial versions of a tile lie.
std::string partials_folder(const TileAt& tile);

/// The rightmost tile of a level in a tree of `size` leaves; its width is 0 when the level ends evenly.
TileAt edge_tile(unsigned level, std::uint64_t size);

void append_entry(std::string& bundle, std::string_view entry);
/// The entries of a bundle; nothing when lengths and bytes do not fit together.
std::optional<std::vector<std::string_view>> split_bundle(std::string_view bundle);

/// Hash `at` of a tile's bytes.
Hash hash_in(std::string_view tile, std::uint64_t at);
/// The hash over 2^height hashes of a tile, from `at`.
Hash tile_subtree(std::string_view tile, std::uint64_t at, unsigned height);

/// Reads a tile as it was in a tree of any size that has at least `width` of its hashes: the partial of
/// this width, or the beginning of the full tile that came after it. Corrupt when it has another size.
Result<std::string> read_tile(Files& files, const TileAt& tile);
/// Entry `index` of a tree of `size`. Corrupt when its bundle does not fit together.
Result<std::string> read_entry(Files& files, std::uint64_t index, std::uint64_t size);

/// Makes proofs from the files of a log of (at least) `size` leaves. What it reads is not verified: a proof
/// made from damaged tiles fails its verification. Keeps at most kCachedTiles tiles with the nodes inside
/// them (16 KiB each), and forgets all of them when there would be more.
class TileReader final : public NodeReader {
  public:
    TileReader(Files& files, std::uint64_t size) : files_(files), size_(size) {}
    std::optional<Hash> node(unsigned level, std::uint64_t index) override;

  private:
    static constexpr std::size_t kCachedTiles = 1024;

    /// The nodes of a tile by height, from its hashes up.
    using Nodes = std::array<std::vector<Hash>, kTileHeight>;
    static Nodes nodes_of(std::string_view tile);

    Files& files_;
    std::uint64_t size_;
    std::map<std::pair<unsigned, std::uint64_t>, Nodes> cache_;
};

}  // namespace penstock::compliance
