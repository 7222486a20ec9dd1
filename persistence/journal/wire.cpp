#include "persistence/journal/wire.hpp"

#include <algorithm>

#include "persistence/journal/wire_decode.hpp"
#include "persistence/journal/wire_encode.hpp"

namespace penstock::persistence {
namespace {

constexpr std::uint32_t number(RecordField field) { return static_cast<std::uint32_t>(field); }

// Of seq, time, origin and input; each output and number adds its own.
constexpr std::size_t kFixedBound =
    (1 + kMaxVarint) + 9 + (1 + kMessageLength + max_size<oms::Origin>()) + (1 + kMessageLength + kMaxInput);
constexpr std::size_t kOutputBound = 1 + kMessageLength + kMaxOutput;
constexpr std::size_t kNumberBound = 1 + kMessageLength + max_size<oms::WireNumber>();
constexpr std::size_t kRawBound = 1 + kMaxVarint;

template <class Variant>
char* put_oneof(char* out, RecordField field, const Variant& value) {
    char* const body = put_tag(out, number(field), WireType::Bytes) + kMessageLength;
    return close_message(body, put_variant(body, value));
}

bool get_record_field(Reader& in, Tag tag, oms::Record& record) {
    Reader body{};
    std::string_view raw;
    if (tag.type == WireType::Bytes && tag.field != number(RecordField::Raw) && !get_message(in, body)) {
        return false;
    }
    const bool message = tag.type == WireType::Bytes;
    switch (static_cast<RecordField>(tag.field)) {
        case RecordField::Seq: return get_field(in, tag.type, record.input.seq);
        case RecordField::Time: return get_field(in, tag.type, record.input.time);
        case RecordField::Origin: return message && get_members(body, record.input.origin);
        case RecordField::Input: return message && get_variant(body, record.input.body);
        case RecordField::Outputs: return message && get_variant(body, record.outputs.emplace_back());
        case RecordField::Numbers: return message && get_members(body, record.numbers.emplace_back());
        case RecordField::Raw:
            if (!message || !get_bytes(in, raw)) return false;
            record.raw = raw;
            return true;
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
           kRawBound + record.raw.size();
}

char* encode(const oms::RecordView& record, char* out) {
    out = put_field<Zero::Omit>(out, number(RecordField::Seq), record.input.seq);
    out = put_field<Zero::Omit>(out, number(RecordField::Time), record.input.time);
    out = put_field<Zero::Omit>(out, number(RecordField::Origin), record.input.origin);
    out = put_oneof(out, RecordField::Input, record.input.body);
    for (const oms::Output& output : record.outputs) out = put_oneof(out, RecordField::Outputs, output);
    for (const oms::WireNumber& wire : record.numbers) {
        out = put_field<Zero::Write>(out, number(RecordField::Numbers), wire);
    }
    if (record.raw.empty()) return out;
    out = put_varint(put_tag(out, number(RecordField::Raw), WireType::Bytes), record.raw.size());
    std::memcpy(out, record.raw.data(), record.raw.size());
    return out + record.raw.size();
}

Status decode(std::string_view bytes, oms::Record& record) {
    record.outputs.clear();
    return read_record(bytes, record, [&](Tag tag, Reader& in) { return get_record_field(in, tag, record); });
}

bool RecordBytes::take(std::string_view bytes) {
    bytes_ = bytes;
    outputs_ = {};
    in_one_piece_ = true;
    has_outputs_decoded_ = false;
    const char* begin = bytes.data();  // of the field, its tag included
    const auto read = [&](Tag tag, Reader& in) {
        const bool is_output = tag.field == number(RecordField::Outputs);
        const bool is_good = is_output ? skip_field(in, tag.type) : get_record_field(in, tag, record_);
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
    if (!has_outputs_decoded_ && decode(bytes_, record_) != Fault::None) return nullptr;
    has_outputs_decoded_ = true;
    return &record_;
}

}  // namespace penstock::persistence
