#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace penstock::persistence {

// What lies in the files, byte by byte; persistence/README.md has the same as a table. All numbers are
// little-endian and are copied as they lie.

static_assert(std::endian::native == std::endian::little, "the format is copied as it lies");

using Digest = std::array<std::uint8_t, 32>;  // SHA-256
using Uuid = std::array<std::uint8_t, 16>;

/// Raised when a file of the new kind cannot be read by a program of the old one.
inline constexpr std::uint32_t kFormatVersion = 1;
/// Of the payload: the schema spec/proto/journal.proto. Compatible additions do not raise it.
inline constexpr std::uint16_t kPayloadVersion = 1;

/// First bytes of a segment. The chain of a segment starts with these bytes, so it covers them too.
struct SegmentHeader {
    std::array<char, 8> magic{};
    std::uint32_t crc = 0;  // of everything after it
    std::uint32_t version = 0;
    Uuid uuid{};  // of the journal, as in HEAD
    std::uint64_t first_seq = 0;
    std::uint64_t epoch = 0;
    Digest previous_chain{};   // of all segments before; zeros in the first
    std::uint32_t synced = 0;  // 1: all of the segment before was on the disk when this was written
    std::array<std::uint8_t, 44> reserved{};
};
static_assert(sizeof(SegmentHeader) == 128);
inline constexpr std::array<char, 8> kSegmentMagic = {'P', 'E', 'N', 'S', 'S', 'E', 'G', '1'};

enum class RecordKind : std::uint8_t {
    Input = 1,  // payload: Record of spec/proto/journal.proto
    Seal = 2,   // payload: SealPayload; carries the seq of the record before it
};

/// Set when every earlier batch was on the disk before this record was written. A whole record with
/// this mark behind a damaged one proves that the damaged one had been durable.
inline constexpr std::uint8_t kSyncedFlag = 1;

/// Before every record. The record is filled up to a multiple of eight bytes with zeros.
struct RecordHeader {
    std::uint32_t crc = 0;     // of everything after it, the filling included
    std::uint32_t length = 0;  // of the payload
    std::uint64_t seq = 0;
    std::uint64_t epoch = 0;
    std::int64_t time_ns = 0;  // the sequencer's stamp
    RecordKind kind = RecordKind::Input;
    std::uint8_t flags = 0;
    std::uint16_t version = kPayloadVersion;
    std::uint32_t batch_index = 0;  // place in the batch it was written with, from 0
};
static_assert(sizeof(RecordHeader) == 40);

/// The bytes [start, end) of this segment hash to `chain`: SHA-256(chain before || bytes).
struct SealPayload {
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    Digest chain{};
};
static_assert(sizeof(SealPayload) == 48);

constexpr std::size_t padded(std::size_t size) { return (size + 7U) & ~std::size_t{7}; }
/// Bytes of a whole record with a payload of `length`.
constexpr std::size_t record_size(std::size_t length) { return sizeof(RecordHeader) + padded(length); }

/// Block 0 of HEAD: written once.
struct HeadIdentity {
    std::array<char, 8> magic{};
    std::uint32_t crc = 0;  // of everything after it
    std::uint32_t version = 0;
    Uuid uuid{};
    std::int64_t created_ns = 0;
    std::array<char, 2> instance{};
    std::array<std::uint8_t, 6> reserved{};
};
static_assert(sizeof(HeadIdentity) == 48);
inline constexpr std::array<char, 8> kHeadMagic = {'P', 'E', 'N', 'S', 'H', 'E', 'A', 'D'};

/// Blocks 1 and 2 of HEAD, written in turn: everything up to here was once on the disk. The newer of
/// those that verify counts.
struct Watermark {
    std::uint32_t crc = 0;  // of everything after it
    std::uint32_t reserved = 0;
    std::uint64_t generation = 0;
    std::uint64_t epoch = 0;
    std::uint64_t seq = 0;          // the last record
    std::uint64_t segment = 0;      // first seq of the segment; 0: there is none yet
    std::uint64_t offset = 0;       // where the next record goes
    std::uint64_t block_start = 0;  // chain is over [block_start, offset) of the segment
    Digest chain{};
};
static_assert(sizeof(Watermark) == 88);
inline constexpr std::uint64_t kHeadBlock = 4096;

enum class Found : std::uint8_t {
    Whole,  // a record whose bytes verify
    Empty,  // zeros: nothing was written here
    Bad,    // anything else
};
struct RecordAt {
    RecordHeader header;
    std::string_view payload;
    std::size_t size = 0;  // with header and filling
};
/// Looks for a record at the start of `bytes`. Checks length and CRC, nothing about its place.
Found find_record(std::string_view bytes, RecordAt& record);

/// Fills in the CRC of a record that is complete but for it; `record` points at its header.
void seal_record(char* record, std::size_t size);

void set_crc(SegmentHeader& header);
void set_crc(HeadIdentity& identity);
void set_crc(Watermark& watermark);
bool verifies(const SegmentHeader& header);
bool verifies(const HeadIdentity& identity);
bool verifies(const Watermark& watermark);

std::string segment_name(std::uint64_t first_seq);  // "j-00000000000000000001.seg"
std::string spare_name(std::uint64_t number);       // "next-1.seg": prepared, nothing in it yet

}  // namespace penstock::persistence
