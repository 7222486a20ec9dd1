#include "persistence/journal/wire.hpp"

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
    record.input.seq = {};
    record.input.time = {};
    record.input.origin = {};
    record.outputs.clear();
    record.numbers.clear();
    record.raw.clear();
    bool has_input = false;
    for (Reader in{bytes.data(), bytes.data() + bytes.size()}; !in.empty();) {
        Tag tag;
        if (!get_tag(in, tag) || !get_record_field(in, tag, record)) return Fault::Corrupt;
        has_input = has_input || tag.field == number(RecordField::Input);
    }
    return has_input ? Fault::None : Fault::Corrupt;
}

}  // namespace penstock::persistence
