#include "fix/codec/decode.hpp"

#include "fix/codec/sentence.hpp"
#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

/// Values are quoted up to here, so that the rule behind them fits a Text too.
constexpr std::size_t kQuoted = 32;

void add_tag(Sentence& sentence, Tag tag) {
    sentence.add(tag.name);
    sentence.add("(");
    sentence.add(std::size_t{tag.number});
    sentence.add(")");
}

void add_value(Sentence& sentence, std::string_view value) {
    sentence.add("=");
    sentence.add(value.substr(0, kQuoted));
    if (value.size() > kQuoted) sentence.add("...");
    sentence.add(" ");
}

}  // namespace

void ValueReader::complain(Tag tag, std::string_view value, std::string_view rule, oms::Reason reason) {
    if (complaint_ != Complaint::None) return;
    complaint_ = Complaint::Wrong;
    reason_ = reason;
    blamed_ = tag;
    Sentence sentence;
    add_tag(sentence, tag);
    add_value(sentence, value);
    sentence.add(rule);
    text_ = sentence.text();
}

void ValueReader::complain_of_absence(Tag tag, std::string_view rule, oms::Reason reason) {
    if (complaint_ != Complaint::None) return;
    complaint_ = Complaint::Wrong;
    reason_ = reason;
    blamed_ = tag;
    Sentence sentence;
    add_tag(sentence, tag);
    sentence.add(" ");
    sentence.add(rule);
    text_ = sentence.text();
}

void ValueReader::complain_missing(Tag tag) {
    if (complaint_ != Complaint::None) return;
    complaint_ = Complaint::Missing;
    blamed_ = tag;
    Sentence sentence;
    add_tag(sentence, tag);
    sentence.add(" is missing");
    text_ = sentence.text();
}

void ValueReader::complain_too_long(Tag tag, std::string_view value, std::size_t limit) {
    if (complaint_ != Complaint::None) return;
    complaint_ = Complaint::Wrong;
    reason_ = oms::Reason::FieldTooLong;
    blamed_ = tag;
    Sentence sentence;
    add_tag(sentence, tag);
    add_value(sentence, value);
    sentence.add("is longer than ");
    sentence.add(limit);
    sentence.add(" characters");
    text_ = sentence.text();
}

Decimal ValueReader::read_decimal(Tag tag, std::string_view value, oms::Reason reason) {
    const auto parsed = Decimal::parse(value);
    if (parsed) return *parsed;
    const Fault fault = parsed.error();
    complain(tag, value,
             fault == Fault::PrecisionLoss ? "has more than 12 decimals"
             : fault == Fault::Overflow    ? "has too many digits"
                                           : "is no decimal number",
             reason);
    return {};
}

void ValueReader::read(Tag tag, std::string_view value, Timestamp& out) {
    if (value.empty()) return;
    if (const auto parsed = parse_timestamp(value))
        out = *parsed;
    else
        complain(tag, value, "is no UTC timestamp");
}

void ValueReader::read(Tag tag, std::string_view value, std::uint32_t& out) {
    if (value.empty()) return;
    if (const auto parsed = parse_number(value))
        out = *parsed;
    else
        complain(tag, value, "is no number of at most 9 digits");
}

}  // namespace penstock::fix
