#include "compliance/reports/records.hpp"

#include <charconv>
#include <cstring>

#include "compliance/reports/raw_fix.hpp"
#include "compliance/reports/text.hpp"
#include "compliance/tlog/checkpoint.hpp"
#include "compliance/tlog/journal_leaf.hpp"
#include "persistence/journal/wire.hpp"

namespace penstock::reports {
namespace {

constexpr int kClOrdId = 11;
constexpr std::size_t kInstance = 2;
constexpr std::size_t kEpoch = 7;
constexpr int kBase = 36;

/// Nothing unless the text is the ClOrdID that some space gives this child's new order.
std::optional<oms::IdSpace> space_of(std::string_view cl_ord_id, ChildId child) {
    if (cl_ord_id.size() < kInstance + kEpoch) return std::nullopt;
    oms::IdSpace space{FixedText<2>::truncated(cl_ord_id.substr(0, kInstance)), 0};
    const char* const begin = cl_ord_id.data() + kInstance;
    const auto read = std::from_chars(begin, begin + kEpoch, space.epoch, kBase);
    const bool is_ours = read.ec == std::errc{} && read.ptr == begin + kEpoch &&
                         oms::venue_cl_ord_id(space, {child, 0}).view() == cl_ord_id;
    return is_ours ? std::optional(space) : std::nullopt;
}

/// Puts records together from leaves. A record too long for one leaf fills several.
class Joiner {
  public:
    /// A sentence when the leaf is no part of a record. `done`: it was the last part.
    std::optional<Problem> take(std::string_view leaf, oms::Record& record, bool& done) {
        std::uint32_t length = 0;
        std::memcpy(&length, leaf.data(), std::min(leaf.size(), sizeof length));
        if (leaf.size() < compliance::kLeafHead) return "a leaf is no record of a journal";
        payload_ += leaf.substr(compliance::kLeafHead);
        done = payload_.size() >= length || leaf.size() < compliance::kMaxEntryBytes;
        if (!done) return std::nullopt;
        const bool is_whole =
            payload_.size() == length && persistence::decode(payload_, record) == Fault::None;
        payload_.clear();
        if (is_whole) return std::nullopt;
        return "the record after " + std::to_string(record.input.seq.value) + " cannot be read";
    }

  private:
    std::string payload_;
};

}  // namespace

std::optional<Problem> JournalRecords::open() {
    const auto error = reader_.open(journal_);
    return error ? std::optional(error->text) : std::nullopt;
}

oms::IdSpace JournalRecords::space() const {
    return {reader_.identity().instance, oms::epoch_of(reader_.identity().created)};
}

std::string JournalRecords::name() const {
    const auto& uuid = reader_.identity().uuid;
    return to_hex({reinterpret_cast<const char*>(uuid.data()), uuid.size()});
}

std::optional<Problem> JournalRecords::read(const Visit& visit) {
    bool is_over = false;
    persistence::OffsetIndex index;
    const auto error = reader_.read(nullptr, index, [&](const oms::Record& record) {
        is_over = !visit(record);
        return !is_over;
    });
    return error && !is_over ? std::optional(error->text) : std::nullopt;
}

std::optional<Problem> AuditRecords::open() {
    const auto bytes = files_.read(std::string(compliance::kCheckpointFile));
    const auto note = bytes ? compliance::parse_note(*bytes) : std::nullopt;
    const auto checkpoint = note ? compliance::parse_checkpoint(note->text) : std::nullopt;
    if (!checkpoint) return (folder_ / "checkpoint").string() + ": is no checkpoint";
    origin_ = checkpoint->origin;
    head_ = checkpoint->head;
    compliance::Peaks peaks;
    Joiner joiner;
    oms::Record record;
    std::optional<Problem> wrong;
    std::optional<oms::IdSpace> space;
    auto problem = read_leaves([&](std::string_view leaf) {
        peaks.append(compliance::leaf_hash(leaf));
        bool done = false;
        wrong = joiner.take(leaf, record, done);
        if (!wrong && done && !space) space = space_seen_in(record);
        return !wrong;
    });
    if (!problem) problem = std::move(wrong);
    if (!problem && peaks.root() != head_.root)
        problem = "its records are not those its checkpoint was signed for";
    if (problem) return folder_.string() + ": " + *problem + ". penstock-verify names what was altered";
    last_ = record.input.seq;
    space_ = space.value_or(oms::IdSpace{});
    return std::nullopt;
}

std::optional<Problem> AuditRecords::read(const Visit& visit) {
    Joiner joiner;
    oms::Record record;
    std::optional<Problem> wrong;
    auto problem = read_leaves([&](std::string_view leaf) {
        bool done = false;
        wrong = joiner.take(leaf, record, done);
        return !wrong && (!done || visit(record));
    });
    return problem ? problem : wrong;
}

/// Ends without a problem when `visit` returns false.
std::optional<Problem> AuditRecords::read_leaves(const VisitLeaf& visit) {
    for (std::uint64_t index = 0; index * compliance::kTileWidth < head_.size; ++index) {
        compliance::TileAt tile{0, index, compliance::kTileWidth, true};
        if (const auto edge = compliance::edge_tile(0, head_.size); edge.index == index)
            tile.width = edge.width;
        const auto bundle = compliance::read_tile(files_, tile);
        const auto leaves = bundle ? compliance::split_bundle(*bundle) : std::nullopt;
        if (!leaves || leaves->size() != tile.width)
            return compliance::path_of(tile) + " is missing or does not fit together";
        for (const std::string_view leaf : *leaves)
            if (!visit(leaf)) return std::nullopt;
    }
    return std::nullopt;
}

std::optional<oms::IdSpace> space_seen_in(const oms::Record& record) {
    if (const auto* accepted = std::get_if<oms::VenueAccepted>(&record.input.body))
        if (accepted->report.revision == 0)
            return space_of(tag_value(record.raw, kClOrdId), accepted->report.child);
    std::size_t at = 0;
    for (const oms::WireNumber& number : record.numbers) {
        const std::string_view sent = std::string_view(record.sent).substr(at, number.bytes);
        at += number.bytes;
        if (number.output >= record.outputs.size()) continue;
        const auto* const order = std::get_if<oms::VenueNewOrder>(&record.outputs[number.output]);
        if (order == nullptr) continue;
        if (const auto space = space_of(tag_value(sent, kClOrdId), order->child)) return space;
    }
    return std::nullopt;
}

}  // namespace penstock::reports
