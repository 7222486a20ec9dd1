#include "persistence/journal/format.hpp"

#include <cstring>

#include "persistence/journal/crc32c.hpp"

namespace penstock::persistence {
namespace {

template <class Block>
std::uint32_t crc_of(const Block& block) {
    constexpr std::size_t kFrom = offsetof(Block, crc) + sizeof(block.crc);
    std::array<char, sizeof(Block)> bytes{};
    std::memcpy(bytes.data(), &block, sizeof block);
    return crc32c(bytes.data() + kFrom, sizeof(Block) - kFrom);
}

}  // namespace

Found find_record(std::string_view bytes, RecordAt& record) {
    constexpr std::uint64_t kNothing = 0;
    if (bytes.size() < sizeof(kNothing)) {
        return bytes.find_first_not_of('\0') == std::string_view::npos ? Found::Empty : Found::Bad;
    }
    if (std::memcmp(bytes.data(), &kNothing, sizeof kNothing) == 0) return Found::Empty;
    if (bytes.size() < sizeof(RecordHeader)) return Found::Bad;
    std::memcpy(&record.header, bytes.data(), sizeof(RecordHeader));
    record.size = record_size(record.header.length);
    if (record.size > bytes.size()) return Found::Bad;
    constexpr std::size_t kFrom = sizeof(record.header.crc);
    if (crc32c(bytes.data() + kFrom, record.size - kFrom) != record.header.crc) return Found::Bad;
    record.payload = bytes.substr(sizeof(RecordHeader), record.header.length);
    return Found::Whole;
}

void seal_record(char* record, std::size_t size) {
    constexpr std::size_t kFrom = sizeof(RecordHeader::crc);
    const std::uint32_t crc = crc32c(record + kFrom, size - kFrom);
    std::memcpy(record, &crc, sizeof crc);
}

void set_crc(SegmentHeader& header) { header.crc = crc_of(header); }
void set_crc(HeadIdentity& identity) { identity.crc = crc_of(identity); }
void set_crc(Watermark& watermark) { watermark.crc = crc_of(watermark); }

bool verifies(const SegmentHeader& header) {
    return header.magic == kSegmentMagic && header.crc == crc_of(header);
}
bool verifies(const HeadIdentity& identity) {
    return identity.magic == kHeadMagic && identity.crc == crc_of(identity);
}
bool verifies(const Watermark& watermark) {
    return watermark.generation != 0 && watermark.crc == crc_of(watermark);
}

std::string segment_name(std::uint64_t first_seq) {
    std::string digits = std::to_string(first_seq);
    return "j-" + std::string(20 - digits.size(), '0') + digits + ".seg";
}
std::string spare_name(std::uint64_t number) { return "next-" + std::to_string(number) + ".seg"; }

}  // namespace penstock::persistence
