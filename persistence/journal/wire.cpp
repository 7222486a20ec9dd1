#include "persistence/journal/wire.hpp"

#include <algorithm>

#include "oms/domain/assert.hpp"
#include "persistence/journal/wire_decode.hpp"
#include "persistence/journal/wire_encode.hpp"

namespace penstock::persistence {
namespace {

constexpr std::uint32_t number(RecordField field) { return static_cast<std::uint32_t>(field); }

// Of seq, time, origin and input; each output and number adds its own.
constexpr std::size_t kFixedBound =
    (1 + kMaxVarint) + 9 + (1 + kMessageLength + max_size<oms::Origin>()) + (1 + kMessageLength + kMaxInput);
constexpr std::size_t kOutputBound = 1 + kMessageLength + kMaxOutput;
// A number with its message may be longer than two bytes of length say: three hold two mebibytes.
constexpr std::size_t kNumberLength = 3;
constexpr std::size_t kMaxNumber = (std::size_t{1} << 21U) - 1;
constexpr std::size_t kNumberBound = 1 + kNumberLength + max_size<oms::WireNumber>() + 1 + kMaxVarint;
constexpr std::size_t kRawBound = 1 + kMaxVarint;

template <class Variant>
char* put_oneof(char* out, RecordField field, const Variant& value) {
    char* const body = put_tag(out, number(field), WireType::Bytes) + kMessageLength;
    return close_message(body, put_variant(body, value));
}

char* put_bytes(char* out, std::uint32_t field, std::string_view bytes) {
    if (bytes.empty()) return out;
    out = put_varint(put_tag(out, field, WireType::Bytes), bytes.size());
    std::memcpy(out, bytes.data(), bytes.size());
    return out + bytes.size();
}

/// A number and its message, which is taken off the front of `sent`.
char* put_number(char* out, const oms::WireNumber& wire, std::string_view& sent) {
    char* const body = put_tag(out, number(RecordField::Numbers), WireType::Bytes) + kNumberLength;
    const std::string_view message = sent.substr(0, wire.bytes);
    sent.remove_prefix(message.size());
    char* const end = put_bytes(put_members(body, wire), kWireMessage, message);
    const auto size = static_cast<std::size_t>(end - body);
    PENSTOCK_ASSERT(size <= kMaxNumber, "a message longer than its length field");
    body[-3] = static_cast<char>((size & 0x7FU) | 0x80U);
    body[-2] = static_cast<char>((size >> 7U & 0x7FU) | 0x80U);
    body[-1] = static_cast<char>(size >> 14U);
    return end;
}

/// Are the bytes of messages wanted?
enum class Messages : std::uint8_t { AreRead, AreSkipped };

/// The same the other way. The message is looked for after the members, which skip it.
bool get_wire_number(Reader in, oms::Record& record, Messages messages) {
    oms::WireNumber& wire = record.numbers.emplace_back();
    if (!get_members(in, wire)) return false;
    while (!in.empty()) {
        Tag tag;
        std::string_view message;
        if (!get_tag(in, tag)) return false;
        if (tag.field != kWireMessage || tag.type != WireType::Bytes) {
            if (!skip_field(in, tag.type)) return false;
            continue;
        }
        if (!get_bytes(in, message)) return false;
        wire.bytes = static_cast<std::uint32_t>(message.size());
        if (messages == Messages::AreRead) record.sent.append(message);
    }
    return true;
}

bool is_text(Tag tag) {
    return tag.field == number(RecordField::Raw) || tag.field == number(RecordField::SessionSent);
}

bool get_text(Reader& in, Tag tag, oms::Record& record) {
    std::string_view bytes;
    if (tag.type != WireType::Bytes || !get_bytes(in, bytes)) return false;
    (tag.field == number(RecordField::Raw) ? record.raw : record.session_sent) = bytes;
    return true;
}

bool get_record_field(Reader& in, Tag tag, oms::Record& record, Messages messages) {
    if (is_text(tag)) return get_text(in, tag, record);
    Reader body{};
    if (tag.type == WireType::Bytes && !get_message(in, body)) return false;
    const bool message = tag.type == WireType::Bytes;
    switch (static_cast<RecordField>(tag.field)) {
        case RecordField::Seq: return get_field(in, tag.type, record.input.seq);
        case RecordField::Time: return get_field(in, tag.type, record.input.time);
        case RecordField::Origin: return message && get_members(body, record.input.origin);
        case RecordField::Input: return message && get_variant(body, record.input.body);
        case RecordField::Outputs: return message && get_variant(body, record.outputs.emplace_back());
        case RecordField::Numbers: return message && get_wire_number(body, record, messages);
        case RecordField::Raw:
        case RecordField::SessionSent: break;
    }
    return message || skip_field(in, tag.type);
}

/// Clears all but the outputs and shows every field.
template <class Read>
Status read_record(std::string_view bytes, oms::Record& record, const Read& read) {
    record.input.seq = {};
    record.input.time = {};
    record.input.origin = {};
    record.numbers.clear();
    record.raw.clear();
    record.sent.clear();
    record.session_sent.clear();
    bool has_input = false;
    for (Reader in{bytes.data(), bytes.data() + bytes.size()}; !in.empty();) {
        Tag tag;
        if (!get_tag(in, tag) || !read(tag, in)) return Fault::Corrupt;
        has_input = has_input || tag.field == number(RecordField::Input);
    }
    return has_input ? Fault::None : Fault::Corrupt;
}

}  // namespace

std::size_t encoded_bound(const oms::RecordView& record) {
    return kFixedBound + record.outputs.size() * kOutputBound + record.numbers.size() * kNumberBound +
           2 * kRawBound + record.raw.size() + record.sent.size() + record.session_sent.size();
}

char* encode(const oms::RecordView& record, char* out) {
    out = put_field<Zero::Omit>(out, number(RecordField::Seq), record.input.seq);
    out = put_field<Zero::Omit>(out, number(RecordField::Time), record.input.time);
    out = put_field<Zero::Omit>(out, number(RecordField::Origin), record.input.origin);
    out = put_oneof(out, RecordField::Input, record.input.body);
    for (const oms::Output& output : record.outputs) out = put_oneof(out, RecordField::Outputs, output);
    std::string_view sent = record.sent;
    for (const oms::WireNumber& wire : record.numbers) out = put_number(out, wire, sent);
    out = put_bytes(out, number(RecordField::Raw), record.raw);
    return put_bytes(out, number(RecordField::SessionSent), record.session_sent);
}

Status decode(std::string_view bytes, oms::Record& record) {
    record.outputs.clear();
    return read_record(bytes, record, [&](Tag tag, Reader& in) {
        return get_record_field(in, tag, record, Messages::AreRead);
    });
}

bool RecordBytes::take(std::string_view bytes) {
    bytes_ = bytes;
    outputs_ = {};
    in_one_piece_ = true;
    is_whole_ = false;
    const char* begin = bytes.data();  // of the field, its tag included
    const auto read = [&](Tag tag, Reader& in) {
        const bool is_output = tag.field == number(RecordField::Outputs);
        const bool is_good =
            is_output || is_text(tag) ? skip_field(in, tag.type)
                                      : get_record_field(in, tag, record_, Messages::AreSkipped);
        if (is_output) {
            const char* const first = outputs_.empty() ? begin : outputs_.data();
            in_one_piece_ = in_one_piece_ && (outputs_.empty() || outputs_.data() + outputs_.size() == begin);
            outputs_ = {first, static_cast<std::size_t>(in.at - first)};
        }
        begin = in.at;
        return is_good;
    };
    return read_record(bytes, record_, read) == Fault::None;
}

bool RecordBytes::take_whole(std::string_view bytes) {
    bytes_ = bytes;
    outputs_ = {};
    in_one_piece_ = false;
    is_whole_ = decode(bytes, record_) == Fault::None;
    return is_whole_;
}

bool RecordBytes::caused(std::span<const oms::Output> outputs) {
    encoded_.resize(outputs.size() * kOutputBound);
    char* end = encoded_.data();
    for (const oms::Output& output : outputs) end = put_oneof(end, RecordField::Outputs, output);
    if (in_one_piece_ &&
        outputs_ == std::string_view(encoded_.data(), static_cast<std::size_t>(end - encoded_.data())))
        return true;
    // The same in other bytes: written by a program that encodes otherwise.
    return whole() != nullptr && std::ranges::equal(outputs, record_.outputs);
}

const oms::Record* RecordBytes::whole() {
    if (!is_whole_ && decode(bytes_, record_) != Fault::None) return nullptr;
    is_whole_ = true;
    return &record_;
}

}  // namespace penstock::persistence
