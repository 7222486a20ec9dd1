#include "apps/penstock_verify/records.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace penstock::verify {
namespace {

constexpr std::size_t kHead = 32;
constexpr std::size_t kMaxLeaf = 65535;
constexpr unsigned char kInput = 1;
// Field numbers of Record, and of SessionAdvanced inside its input.
constexpr std::uint64_t kSeq = 1, kTime = 2, kOrigin = 3, kInputField = 4, kNumber = 6, kAdvanced = 30;

std::uint64_t little_endian(std::string_view bytes) {
    std::uint64_t number = 0;
    for (std::size_t at = bytes.size(); at-- > 0;)
        number = number << 8U | static_cast<unsigned char>(bytes[at]);
    return number;
}

std::optional<std::uint64_t> take_varint(std::string_view& bytes) {
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
std::optional<Field> take_field(std::string_view& bytes) {
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

/// A number of a small message; 0 when it is absent, as in Protobuf.
std::uint64_t number_in(std::string_view message, std::uint64_t number) {
    std::uint64_t value = 0;
    while (!message.empty()) {
        const auto field = take_field(message);
        if (!field) return 0;
        if (field->number == number) value = field->value;
    }
    return value;
}

}  // namespace

std::string JournalRecords::check(std::string_view leaf) {
    if (leaf.size() < kHead) return "it is too short for a journal record";
    const std::string_view head = leaf.substr(0, kHead);
    const std::string_view part = leaf.substr(kHead);
    const std::uint64_t length = little_endian(head.substr(0, 4));
    if (head_.empty()) {
        if (std::string wrong = check_head(head); !wrong.empty()) return wrong;
    } else if (head != head_) {
        head_.clear();
        payload_.clear();
        return "it should be the next part of the record before it";
    }
    payload_ += part;
    if (payload_.size() < length && leaf.size() == kMaxLeaf) {
        head_ = head;
        return {};
    }
    head_.clear();
    const std::string payload = std::move(payload_);
    payload_.clear();
    if (payload.size() != length) return "its payload has not the length it says";
    return check_payload(payload);
}

std::string JournalRecords::finish() const { return head_.empty() ? "" : "the last record is not whole"; }

std::string JournalRecords::check_head(std::string_view head) {
    const std::uint64_t seq = little_endian(head.substr(4, 8));
    const std::uint64_t epoch = little_endian(head.substr(12, 8));
    const auto time_ns = static_cast<std::int64_t>(little_endian(head.substr(20, 8)));
    std::string wrong;
    if (static_cast<unsigned char>(head[28]) != kInput) wrong = "it is no record of an input";
    if (count_ > 0 && seq != seq_ + 1)
        wrong =
            "its sequence number is " + std::to_string(seq) + ", " + std::to_string(seq_ + 1) + " was due";
    if (count_ > 0 && epoch < epoch_) wrong = "its epoch is older than that of the record before it";
    if (count_ > 0 && time_ns < time_ns_) wrong = "its time is before that of the record before it";
    if (count_ == 0) first_seq_ = seq;
    ++count_;
    seq_ = seq;
    epoch_ = epoch;
    time_ns_ = time_ns;
    return wrong;
}

std::string JournalRecords::check_payload(std::string_view payload) {
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
        if (body && body->number == kAdvanced) keep_first(check_advance(body->bytes));
    }
    return wrong;
}

std::string JournalRecords::check_origin(std::string_view origin) {
    const std::uint64_t session = number_in(origin, 1);
    const std::uint64_t number = number_in(origin, 2);
    if (session == 0 || number == 0) return {};
    return check_used(session, "received", number, sessions_[session].in);
}

std::string JournalRecords::check_number(std::string_view wire_number) {
    const std::uint64_t session = number_in(wire_number, 2);
    return check_used(session, "was given", number_in(wire_number, 3), sessions_[session].out);
}

/// Each number once, in order; those of the session's own messages are told of by check_advance.
std::string JournalRecords::check_used(std::uint64_t session, std::string_view verb, std::uint64_t number,
                                       std::uint64_t& last) {
    const std::uint64_t before = std::exchange(last, std::max(last, number));
    if (number == before + 1) return {};
    return "session " + std::to_string(session) + " " + std::string(verb) + " MsgSeqNum " +
           std::to_string(number) + ", " + std::to_string(before + 1) + " was due";
}

/// The numbers the session's own messages used; only a reset takes them back.
std::string JournalRecords::check_advance(std::string_view advance) {
    Numbers& numbers = sessions_[number_in(advance, 1)];
    const std::uint64_t next_in = number_in(advance, 2);
    const std::uint64_t next_out = number_in(advance, 3);
    const bool is_reset = number_in(advance, 4) != 0;
    const bool goes_back = next_in < numbers.in + 1 || next_out < numbers.out + 1;
    numbers = {next_in == 0 ? 0 : next_in - 1, next_out == 0 ? 0 : next_out - 1};
    if (is_reset || !goes_back) return {};
    return "session " + std::to_string(number_in(advance, 1)) + " went back in its numbers without a reset";
}

}  // namespace penstock::verify
