#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace penstock::verify {

/// What each record of Penstock's journal says about its place: sequence without gaps, time that never goes
/// back, FIX numbers without a gap or a repetition. A leaf is 32 bytes, little-endian, and the payload:
///   u32 length of the whole payload, u64 seq, u64 epoch, i64 time (ns), u8 kind, u8 flags, u16 version
/// A record that is longer than a leaf fills several, each with the same 32 bytes before its part.
class JournalRecords {
  public:
    /// What is wrong with the next leaf, or nothing.
    std::string check(std::string_view leaf);
    /// What is wrong when there are no more.
    std::string finish() const;
    std::uint64_t count() const { return count_; }
    std::uint64_t first_seq() const { return first_seq_; }
    std::uint64_t last_seq() const { return seq_; }

  private:
    struct Numbers {
        std::uint64_t in = 0;   // the last MsgSeqNum(34) received
        std::uint64_t out = 0;  // the last one given
    };

    std::string check_head(std::string_view head);
    std::string check_payload(std::string_view payload);
    std::string check_origin(std::string_view origin);
    std::string check_advance(std::string_view advance);
    std::string check_number(std::string_view wire_number);
    std::string check_used(std::uint64_t session, std::string_view verb, std::uint64_t number,
                           std::uint64_t& last);

    std::string head_;  // of a record of which parts are still to come
    std::string payload_;
    std::uint64_t count_ = 0;
    std::uint64_t first_seq_ = 0;
    std::uint64_t seq_ = 0;
    std::uint64_t epoch_ = 0;
    std::int64_t time_ns_ = 0;
    std::map<std::uint64_t, Numbers> sessions_;
};

}  // namespace penstock::verify
