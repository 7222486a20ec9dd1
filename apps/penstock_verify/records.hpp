#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "apps/penstock_verify/notes.hpp"

namespace penstock::verify {

/// A key of the log and the smallest tree it signs.
struct LogKey {
    Key key;
    std::uint64_t since = 0;
};

/// That a file was exported: "record 99 (seq 100)", "<report> <file name>", "<SHA-256> ...".
struct Exported {
    std::string record, subject, text;
};

inline constexpr std::size_t kHead = 32, kMaxLeaf = 65535;
inline constexpr unsigned char kInput = 1;
// Field numbers of Record, and of what is looked into inside its input.
inline constexpr std::uint64_t kSeq = 1, kTime = 2, kOrigin = 3, kInputField = 4, kNumber = 6;
inline constexpr std::uint64_t kSessionAdvanced = 30, kAuditKeyChanged = 48, kOperatorActed = 47;

/// The number of a record in the journal, by its own word; 0 when it is too short to say.
inline std::uint64_t seq_of(std::string_view leaf) {
    return leaf.size() < 12 ? 0 : little_endian(leaf.substr(4, 8));
}

/// "record 99 (seq 100)": its place in the log, from 0, and in the journal.
inline std::string record_name(std::uint64_t index, std::string_view leaf) {
    return join("record ", index) + (leaf.size() < 12 ? "" : join(" (seq ", seq_of(leaf), ")"));
}

inline std::optional<std::uint64_t> take_varint(std::string_view& bytes) {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes[0]);
        bytes.remove_prefix(1);
        number |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if (byte < 0x80) return number;
    }
    return std::nullopt;
}

struct Field {
    std::uint64_t number = 0;
    std::uint64_t value = 0;  // of a varint or a fixed number
    std::string_view bytes;
};

/// Takes one Protobuf field off the front; nothing when the bytes are none.
inline std::optional<Field> take_field(std::string_view& bytes) {
    const auto key = take_varint(bytes);
    const std::uint64_t type = key.value_or(0) & 7U;
    const std::uint64_t fixed = type == 1 ? 8 : type == 5 ? 4 : 0;
    const auto number = fixed > 0 ? std::optional(fixed) : take_varint(bytes);
    if (!key || !number || (fixed == 0 && type != 0 && type != 2)) return std::nullopt;
    if (type == 0) return Field{*key >> 3U, *number, {}};
    if (*number > bytes.size()) return std::nullopt;
    const std::string_view data = bytes.substr(0, *number);
    bytes.remove_prefix(*number);
    return Field{*key >> 3U, type == 2 ? 0 : little_endian(data), data};
}

/// The first fields of a small message, by number; absent ones are 0 and empty, as in Protobuf.
inline std::array<Field, 6> fields_of(std::string_view message) {
    std::array<Field, 6> fields;
    while (const auto field = take_field(message))
        if (field->number < fields.size()) fields[field->number] = *field;
    return fields;
}

/// What each record of Penstock's journal says about its place: sequence without gaps, time that never goes
/// back, FIX numbers without a gap or a repetition, and which key signs from there on. A leaf is 32 bytes,
/// little-endian, and the payload:
///   u32 length of the whole payload, u64 seq, u64 epoch, i64 time (ns), u8 kind, u8 flags, u16 version
/// A record that is longer than a leaf fills several, each with the same 32 bytes before its part.
class JournalRecords {
  public:
    explicit JournalRecords(const Key& first) : keys_{{first, 0}} {}
    /// What is wrong with the next leaf, or nothing.
    std::string check(std::uint64_t index, std::string_view leaf) {
        index_ = index;
        if (leaf.size() < kHead) return "it is too short for a journal record";
        const std::string_view head = leaf.substr(0, kHead);
        const std::uint64_t length = little_endian(head.substr(0, 4));
        std::string record = std::exchange(parts_, {});
        const bool is_first = record.empty();
        if (!is_first && !record.starts_with(head))
            return "it should be the next part of the record before it";
        if (std::string wrong = is_first ? check_head(head) : ""; !wrong.empty()) return wrong;
        record += is_first ? leaf : leaf.substr(kHead);
        const std::string_view payload = std::string_view(record).substr(kHead);
        if (payload.size() == length) return check_payload(payload);
        const bool is_part = payload.size() < length && leaf.size() == kMaxLeaf;
        if (is_part) parts_ = std::move(record);
        return is_part ? "" : "its payload has not the length it says";
    }
    /// What is wrong when there are no more.
    std::string finish() const { return parts_.empty() ? "" : "the last record is not whole"; }
    /// A line of what a sound journal has; nothing when no record was looked at.
    std::string summary() const {
        if (seq_ == 0) return {};
        return join("\nSOUND ", seq_ - first_seq_ + 1, " journal records, sequence ", first_seq_, " to ",
                    seq_, ", ", keys_.size() - 1, " changes of the log's key");
    }
    const std::vector<LogKey>& keys() const { return keys_; }
    const std::vector<Exported>& exports() const { return exports_; }

  private:
    /// The last MsgSeqNum(34) of each session.
    using Numbers = std::map<std::uint64_t, std::uint64_t>;

    std::string check_head(std::string_view head) {
        const std::uint64_t seq = std::exchange(seq_, little_endian(head.substr(4, 8)));
        const std::uint64_t epoch = std::exchange(epoch_, little_endian(head.substr(12, 8)));
        const auto ns = std::exchange(time_ns_, static_cast<std::int64_t>(little_endian(head.substr(20, 8))));
        if (seq == 0) first_seq_ = seq_;
        if (seq > 0 && time_ns_ < ns) return "its time is before that of the record before it";
        if (seq > 0 && epoch_ < epoch) return "its epoch is older than that of the record before it";
        if (seq > 0 && seq_ != seq + 1)
            return join("its sequence number is ", seq_, ", ", seq + 1, " was due");
        return static_cast<unsigned char>(head[28]) == kInput ? "" : "it is no record of an input";
    }
    std::string check_payload(std::string_view payload) {
        std::string wrong;
        const auto keep = [&wrong](std::string said) {
            if (wrong.empty()) wrong = std::move(said);
        };
        while (!payload.empty()) {
            const auto field = take_field(payload);
            if (!field) return "its payload is no Protobuf message";
            if (field->number == kSeq && field->value != seq_) keep("payload and header differ in seq");
            if (field->number == kTime && field->value != static_cast<std::uint64_t>(time_ns_))
                keep("payload and header differ in time");
            const bool has_used = field->number == kOrigin || field->number == kNumber;
            const auto used = fields_of(has_used ? field->bytes : "");
            if (field->number == kOrigin && used[1].value != 0 && used[2].value != 0)
                keep(check_used("received", received_, used[1], used[2]));
            if (field->number == kNumber) keep(check_used("was given", given_, used[2], used[3]));
            if (field->number != kInputField) continue;
            std::string_view input = field->bytes;
            const auto body = take_field(input);
            if (body && body->number == kSessionAdvanced) keep(check_advance(body->bytes));
            if (body && body->number == kAuditKeyChanged) keep(check_key_change(body->bytes));
            if (body && body->number == kOperatorActed) keep_export(body->bytes);
        }
        return wrong;
    }
    /// The numbers the session's own messages used; only a reset takes them back.
    std::string check_advance(std::string_view bytes) {
        const auto next = fields_of(bytes);
        auto& received = received_[next[1].value];
        auto& given = given_[next[1].value];
        const bool goes_back = next[2].value < received + 1 || next[3].value < given + 1;
        received = std::max<std::uint64_t>(next[2].value, 1) - 1;
        given = std::max<std::uint64_t>(next[3].value, 1) - 1;
        if (next[4].value != 0 || !goes_back) return {};
        return join("session ", next[1].value, " went back in its numbers without a reset");
    }
    /// Both keys sign that the one takes over from the other. Said again it changes nothing.
    std::string check_key_change(std::string_view bytes) {
        const auto change = fields_of(bytes);
        const auto from = parse_key(change[1].bytes);
        const auto to = parse_key(change[2].bytes);
        const auto text = join("penstock audit key change\n", change[1].bytes, "\n", change[2].bytes, "\n");
        if (!from || !to || !verifies(*from, text, change[3].bytes) || !verifies(*to, text, change[4].bytes))
            return "it changes the key of the log, and not both keys signed that";
        const std::string& now = keys_.back().key.text;
        if (to->text == now) return {};
        if (from->text != now)
            return "it changes the key " + from->name + ", which is not that of the log now";
        keys_.push_back({*to, index_ + 1});
        return {};
    }
    void keep_export(std::string_view bytes) {
        const auto act = fields_of(bytes);
        if (act[2].bytes == "export")
            exports_.push_back({join("record ", index_, " (seq ", seq_, ")"), std::string(act[3].bytes),
                                std::string(act[5].bytes)});
    }
    /// Each number once, in order; those of the session's own messages are told of by check_advance.
    std::string check_used(const char* verb, Numbers& numbers, const Field& session, const Field& number) {
        std::uint64_t& last = numbers[session.value];
        const std::uint64_t due = std::exchange(last, std::max(last, number.value)) + 1;
        if (number.value == due) return {};
        return join("session ", session.value, " ", verb, " MsgSeqNum ", number.value, ", ", due, " was due");
    }

    std::string parts_;  // of a record of which more are to come: its header, once, and payload
    std::uint64_t first_seq_ = 0, seq_ = 0, epoch_ = 0;
    std::int64_t time_ns_ = 0;
    Numbers received_, given_;
    std::uint64_t index_ = 0;  // of the leaf at hand
    std::vector<LogKey> keys_;
    std::vector<Exported> exports_;
};

}  // namespace penstock::verify
