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

inline constexpr std::size_t kHead = 32;
inline constexpr std::size_t kMaxLeaf = 65535;
inline constexpr unsigned char kInput = 1;
// Field numbers of Record, and of what is looked into inside its input.
inline constexpr std::uint64_t kSeq = 1, kTime = 2, kOrigin = 3, kInputField = 4, kNumber = 6;
inline constexpr std::uint64_t kSessionAdvanced = 30, kAuditKeyChanged = 48, kOperatorActed = 47;

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
    if (!key) return std::nullopt;
    Field field{*key >> 3U, 0, {}};
    const std::uint64_t type = *key & 7U;
    if (type == 0) {
        const auto value = take_varint(bytes);
        if (!value) return std::nullopt;
        field.value = *value;
        return field;
    }
    const auto length = type == 1 ? 8 : type == 5 ? 4 : type == 2 ? take_varint(bytes) : std::nullopt;
    if (!length || *length > bytes.size()) return std::nullopt;
    field.bytes = bytes.substr(0, *length);
    if (type != 2) field.value = little_endian(field.bytes);
    bytes.remove_prefix(*length);
    return field;
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
        name_ = record_name(index, leaf);
        if (leaf.size() < kHead) return "it is too short for a journal record";
        const std::string_view head = leaf.substr(0, kHead);
        const std::uint64_t length = little_endian(head.substr(0, 4));
        if (head_.empty()) {
            if (std::string wrong = check_head(head); !wrong.empty()) return wrong;
        } else if (head != head_) {
            head_.clear();
            payload_.clear();
            return "it should be the next part of the record before it";
        }
        payload_ += leaf.substr(kHead);
        const bool is_part = payload_.size() < length && leaf.size() == kMaxLeaf;
        head_ = is_part ? head : std::string_view();
        if (is_part) return {};
        const std::string payload = std::exchange(payload_, {});
        if (payload.size() != length) return "its payload has not the length it says";
        return check_payload(payload);
    }
    /// What is wrong when there are no more.
    std::string finish() const { return head_.empty() ? "" : "the last record is not whole"; }
    std::uint64_t count() const { return seq_ == 0 ? 0 : seq_ - first_seq_ + 1; }
    std::uint64_t first_seq() const { return first_seq_; }
    std::uint64_t last_seq() const { return seq_; }
    const std::vector<LogKey>& keys() const { return keys_; }
    const std::vector<Exported>& exports() const { return exports_; }

  private:
    struct Numbers {
        std::uint64_t in = 0;   // the last MsgSeqNum(34) received
        std::uint64_t out = 0;  // the last one given
    };

    std::string check_head(std::string_view head) {
        const std::uint64_t seq = little_endian(head.substr(4, 8));
        const std::uint64_t epoch = little_endian(head.substr(12, 8));
        const auto time_ns = static_cast<std::int64_t>(little_endian(head.substr(20, 8)));
        std::string wrong;
        if (static_cast<unsigned char>(head[28]) != kInput) wrong = "it is no record of an input";
        if (seq_ > 0 && seq != seq_ + 1)
            wrong = "its sequence number is " + std::to_string(seq) + ", " + std::to_string(seq_ + 1) +
                    " was due";
        if (seq_ > 0 && epoch < epoch_) wrong = "its epoch is older than that of the record before it";
        if (seq_ > 0 && time_ns < time_ns_) wrong = "its time is before that of the record before it";
        if (seq_ == 0) first_seq_ = seq;
        seq_ = seq;
        epoch_ = epoch;
        time_ns_ = time_ns;
        return wrong;
    }
    std::string check_payload(std::string_view payload) {
        std::string wrong;
        const auto keep_first = [&wrong](std::string said) {
            if (wrong.empty()) wrong = std::move(said);
        };
        while (!payload.empty()) {
            const auto field = take_field(payload);
            if (!field) return "its payload is no Protobuf message";
            if (field->number == kSeq && field->value != seq_) keep_first("payload and header differ in seq");
            if (field->number == kTime && field->value != static_cast<std::uint64_t>(time_ns_))
                keep_first("payload and header differ in time");
            if (field->number == kOrigin) keep_first(check_origin(field->bytes));
            if (field->number == kNumber) keep_first(check_number(field->bytes));
            if (field->number != kInputField) continue;
            std::string_view input = field->bytes;
            const auto body = take_field(input);
            if (body && body->number == kSessionAdvanced) keep_first(check_advance(body->bytes));
            if (body && body->number == kAuditKeyChanged) keep_first(check_key_change(body->bytes));
            if (body && body->number == kOperatorActed) keep_export(body->bytes);
        }
        return wrong;
    }
    std::string check_origin(std::string_view bytes) {
        const auto origin = fields_of(bytes);
        if (origin[1].value == 0 || origin[2].value == 0) return {};
        return check_used(origin[1].value, "received", origin[2].value, sessions_[origin[1].value].in);
    }
    /// The numbers the session's own messages used; only a reset takes them back.
    std::string check_advance(std::string_view bytes) {
        const auto advance = fields_of(bytes);
        Numbers& numbers = sessions_[advance[1].value];
        const Numbers next{advance[2].value, advance[3].value};
        const bool goes_back = next.in < numbers.in + 1 || next.out < numbers.out + 1;
        numbers = {next.in == 0 ? 0 : next.in - 1, next.out == 0 ? 0 : next.out - 1};
        if (advance[4].value != 0 || !goes_back) return {};
        return "session " + std::to_string(advance[1].value) + " went back in its numbers without a reset";
    }
    /// Both keys sign that the one takes over from the other. Said again it changes nothing.
    std::string check_key_change(std::string_view bytes) {
        const auto change = fields_of(bytes);
        const auto from = parse_key(change[1].bytes);
        const auto to = parse_key(change[2].bytes);
        const std::string text = "penstock audit key change\n" + std::string(change[1].bytes) + "\n" +
                                 std::string(change[2].bytes) + "\n";
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
            exports_.push_back({name_, std::string(act[3].bytes), std::string(act[5].bytes)});
    }
    std::string check_number(std::string_view bytes) {
        const auto number = fields_of(bytes);
        return check_used(number[2].value, "was given", number[3].value, sessions_[number[2].value].out);
    }
    /// Each number once, in order; those of the session's own messages are told of by check_advance.
    std::string check_used(std::uint64_t session, std::string_view verb, std::uint64_t number,
                           std::uint64_t& last) {
        const std::uint64_t before = std::exchange(last, std::max(last, number));
        if (number == before + 1) return {};
        return "session " + std::to_string(session) + " " + std::string(verb) + " MsgSeqNum " +
               std::to_string(number) + ", " + std::to_string(before + 1) + " was due";
    }

    std::string head_;  // of a record of which parts are still to come
    std::string payload_;
    std::uint64_t first_seq_ = 0, seq_ = 0, epoch_ = 0;
    std::int64_t time_ns_ = 0;
    std::map<std::uint64_t, Numbers> sessions_;
    std::uint64_t index_ = 0;  // of the leaf at hand
    std::string name_;
    std::vector<LogKey> keys_;
    std::vector<Exported> exports_;
};

}  // namespace penstock::verify
