#include "compliance/tlog/record_proofs.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>

#include "compliance/tlog/checkpoint.hpp"
#include "compliance/tlog/journal_leaf.hpp"

namespace penstock::compliance {
namespace {

struct Signed {
    Note note;
    TreeHead head;
};

std::optional<Signed> read_checkpoint(Files& log, std::string_view name) {
    const auto bytes = log.read(std::string(name));
    auto note = bytes ? parse_note(*bytes) : std::nullopt;
    const auto checkpoint = note ? parse_checkpoint(note->text) : std::nullopt;
    if (!checkpoint) return std::nullopt;
    return Signed{std::move(*note), checkpoint->head};
}

bool write(const std::filesystem::path& file, std::string_view bytes) {
    std::ofstream out(file, std::ios::binary);
    out << bytes;
    return static_cast<bool>(out.flush());
}

}  // namespace

std::optional<std::string> write_proofs(Files& log, const std::vector<std::uint64_t>& indexes,
                                        const std::filesystem::path& out) {
    if (indexes.empty()) return std::nullopt;
    const std::uint64_t last = *std::max_element(indexes.begin(), indexes.end());
    auto checkpoint = read_checkpoint(log, kCosignedFile);
    if (!checkpoint || checkpoint->head.size <= last) checkpoint = read_checkpoint(log, kCheckpointFile);
    if (!checkpoint) return "the audit has no checkpoint that can be read";
    if (checkpoint->head.size <= last)
        return "record " + std::to_string(last) + " is not under a checkpoint yet";
    std::error_code failed;
    std::filesystem::create_directories(out, failed);
    TileReader reader(log, checkpoint->head.size);
    for (const std::uint64_t index : indexes) {
        const auto leaf = read_entry(log, index, checkpoint->head.size);
        const auto proof = inclusion_proof(reader, index, {0, checkpoint->head.size});
        if (!leaf || !proof) return "record " + std::to_string(index) + ": a file of the audit is missing";
        // Damaged files make no proof, rather than one that fails where it is needed.
        if (!verify_inclusion(
                leaf_hash(*leaf), index, {{0, checkpoint->head.size}, checkpoint->head.root}, *proof))
            return "record " + std::to_string(index) + ": it is not what the checkpoint was signed for";
        const std::filesystem::path file = out / std::to_string(index);
        if (!write(file.string() + ".leaf", *leaf) ||
            !write(file.string() + ".tlog-proof", to_text(RecordProof{{}, index, *proof, checkpoint->note})))
            return file.string() + " cannot be written";
    }
    return std::nullopt;
}

std::optional<std::vector<std::uint64_t>> leaves_with(Files& log, const std::set<std::uint64_t>& seqs) {
    const auto checkpoint = read_checkpoint(log, kCheckpointFile);
    if (!checkpoint || seqs.empty()) return std::nullopt;
    const std::uint64_t size = checkpoint->head.size;
    std::vector<std::uint64_t> found;
    std::uint64_t seq = 0;
    for (std::uint64_t first = 0; first < size; first += kTileWidth) {
        const TileAt tile{0, first / kTileWidth, std::min(kTileWidth, size - first), true};
        const auto bundle = read_tile(log, tile);
        const auto leaves = bundle ? split_bundle(*bundle) : std::nullopt;
        if (!leaves) return std::nullopt;
        for (std::size_t at = 0; at < leaves->size(); ++at) {
            if ((*leaves)[at].size() < kLeafHead) return std::nullopt;
            std::memcpy(&seq, (*leaves)[at].data() + kSeqAt, sizeof seq);
            if (seq > *seqs.rbegin()) return found;
            if (seqs.contains(seq)) found.push_back(first + at);
        }
    }
    return seq == *seqs.rbegin() ? std::optional(found) : std::nullopt;
}

}  // namespace penstock::compliance
