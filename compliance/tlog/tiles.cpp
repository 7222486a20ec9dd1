#include "compliance/tlog/tiles.hpp"

#include <algorithm>

#include "oms/domain/assert.hpp"

namespace penstock::compliance {
namespace {

constexpr std::size_t kHashBytes = Hash{}.size();

/// Two bytes, most significant first.
std::size_t length_at(std::string_view bytes) {
    return static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[0])) << 8U |
           static_cast<std::uint8_t>(bytes[1]);
}

std::string name_of(const TileAt& tile) {
    const std::string kind = tile.is_entries ? "entries" : std::to_string(tile.level);
    return "tile/" + kind + "/" + index_path(tile.index);
}

/// The first `width` entries of a bundle; nothing when it has fewer.
std::optional<std::string> first_entries(std::string_view bundle, std::uint64_t width) {
    const auto entries = split_bundle(bundle);
    if (!entries || entries->size() < width) return std::nullopt;
    const auto& last = (*entries)[width - 1];
    return std::string(bundle.substr(0, static_cast<std::size_t>(last.data() - bundle.data()) + last.size()));
}

}  // namespace

std::string index_path(std::uint64_t index) {
    std::string path;
    bool is_last = true;
    do {
        const std::string digits = std::to_string(1000 + index % 1000).substr(1);
        path = is_last ? digits : "x" + digits + "/" + path;
        is_last = false;
        index /= 1000;
    } while (index > 0);
    return path;
}

std::string path_of(const TileAt& tile) {
    return tile.width == kTileWidth ? name_of(tile) : name_of(tile) + ".p/" + std::to_string(tile.width);
}

std::string partials_folder(const TileAt& tile) { return name_of(tile) + ".p"; }

TileAt edge_tile(unsigned level, std::uint64_t size) {
    const std::uint64_t hashes = size >> (kTileHeight * level);
    return {level, hashes / kTileWidth, hashes % kTileWidth, false};
}

void append_entry(std::string& bundle, std::string_view entry) {
    PENSTOCK_ASSERT(entry.size() <= kMaxEntryBytes, "an entry that is too long for its length field");
    bundle += static_cast<char>(entry.size() >> 8U);
    bundle += static_cast<char>(entry.size() & 0xFFU);
    bundle += entry;
}

std::optional<std::vector<std::string_view>> split_bundle(std::string_view bundle) {
    std::vector<std::string_view> entries;
    while (!bundle.empty()) {
        if (bundle.size() < 2 || bundle.size() - 2 < length_at(bundle)) return std::nullopt;
        if (entries.size() == kTileWidth) return std::nullopt;
        const std::size_t length = length_at(bundle);
        entries.push_back(bundle.substr(2, length));
        bundle.remove_prefix(2 + length);
    }
    return entries;
}

Hash hash_in(std::string_view tile, std::uint64_t at) {
    Hash hash{};
    const std::string_view bytes = tile.substr(at * kHashBytes, kHashBytes);
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

Hash tile_subtree(std::string_view tile, std::uint64_t at, unsigned height) {
    if (height == 0) return hash_in(tile, at);
    const std::uint64_t half = std::uint64_t{1} << (height - 1);
    return node_hash(tile_subtree(tile, at, height - 1), tile_subtree(tile, at + half, height - 1));
}

Result<std::string> read_tile(Files& files, const TileAt& tile) {
    auto bytes = files.read(path_of(tile));
    const bool is_partial = tile.width != kTileWidth;
    if (!bytes && bytes.error() == Fault::NotFound && is_partial) {
        TileAt full = tile;
        full.width = kTileWidth;
        bytes = files.read(path_of(full));
        if (!bytes) return bytes.error();
        if (tile.is_entries) {
            auto cut = first_entries(*bytes, tile.width);
            return cut ? Result<std::string>(std::move(*cut)) : Fault::Corrupt;
        }
        if (bytes->size() != kTileWidth * kHashBytes) return Fault::Corrupt;
        (*bytes).resize(tile.width * kHashBytes);
    }
    if (!bytes) return bytes.error();
    if (!tile.is_entries && bytes->size() != tile.width * kHashBytes) return Fault::Corrupt;
    return bytes;
}

Result<std::string> read_entry(Files& files, std::uint64_t index, std::uint64_t size) {
    if (index >= size) return Fault::NotFound;
    TileAt bundle{0, index / kTileWidth, kTileWidth, true};
    if (const TileAt edge = edge_tile(0, size); edge.index == bundle.index) bundle.width = edge.width;
    const auto bytes = read_tile(files, bundle);
    if (!bytes) return bytes.error();
    const auto entries = split_bundle(*bytes);
    if (!entries || entries->size() != bundle.width) return Fault::Corrupt;
    return std::string((*entries)[index % kTileWidth]);
}

TileReader::Nodes TileReader::nodes_of(std::string_view tile) {
    Nodes nodes;
    for (std::uint64_t at = 0; at < tile.size() / kHashBytes; ++at) nodes[0].push_back(hash_in(tile, at));
    for (unsigned height = 1; height < kTileHeight; ++height) {
        const std::vector<Hash>& below = nodes[height - 1];
        for (std::size_t at = 0; at + 1 < below.size(); at += 2)
            nodes[height].push_back(node_hash(below[at], below[at + 1]));
    }
    return nodes;
}

std::optional<Hash> TileReader::node(unsigned level, std::uint64_t index) {
    const unsigned tile_level = level / kTileHeight;
    const unsigned height = level % kTileHeight;
    const std::uint64_t first = index << height;
    TileAt tile{tile_level, first / kTileWidth, kTileWidth, false};
    if (const TileAt edge = edge_tile(tile_level, size_); edge.index == tile.index) tile.width = edge.width;
    const std::uint64_t at = first % kTileWidth;
    if (at + (std::uint64_t{1} << height) > tile.width) return std::nullopt;
    auto found = cache_.find({tile_level, tile.index});
    if (found == cache_.end()) {
        auto bytes = read_tile(files_, tile);
        if (!bytes) return std::nullopt;
        if (cache_.size() == kCachedTiles) cache_.clear();
        found = cache_.emplace(std::pair(tile_level, tile.index), nodes_of(*bytes)).first;
    }
    return found->second[height][at >> height];
}

}  // namespace penstock::compliance
