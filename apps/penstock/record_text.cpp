#include "apps/penstock/record_text.hpp"

#include <array>
#include <charconv>
#include <concepts>
#include <cstdio>

#include "apps/runtime/printable.hpp"
#include "oms/domain/fields.hpp"
#include "oms/domain/print.hpp"

namespace penstock::apps {
namespace {

using namespace penstock::oms;

template <class T>
concept Enum = std::is_enum_v<T>;

/// Writes every field of a struct as "name":value; absent ones are left out.
class JsonWriter {
  public:
    explicit JsonWriter(std::string& out) : out_(out) {}

    template <class T>
    void operator()(int, const char* name, const T& value) {
        const std::string text = value_of(value);
        if (text.empty()) return;
        if (out_.back() != '{') out_ += ',';
        out_.append("\"").append(name).append("\":").append(text);
    }

    static std::string value_of(bool value) { return value ? "true" : "false"; }
    static std::string value_of(std::uint32_t value) { return std::to_string(value); }
    static std::string value_of(Timestamp value) { return value.is_none() ? "" : json_text(to_text(value)); }
    static std::string value_of(Duration value) { return std::to_string(value.ns); }
    static std::string value_of(Decimal value) { return json_text(to_text(value)); }
    static std::string value_of(const Notional& value) { return json_text(to_text(value)); }
    static std::string value_of(Reason value) {
        return value == Reason::None ? "" : json_text(to_text(value));
    }
    static std::string value_of(AlarmKind value) { return json_text(to_text(value)); }
    template <class Tag>
    static std::string value_of(DecimalOf<Tag> value) {
        return value_of(value.value);
    }
    template <std::size_t N>
    static std::string value_of(const FixedText<N>& value) {
        return value.empty() ? "" : json_text(value.view());
    }
    template <class Tag, class Number>
    static std::string value_of(StrongId<Tag, Number> value) {
        return value.is_none() ? "" : std::to_string(value.value);
    }
    template <Enum E>
    static std::string value_of(E value) {
        if constexpr (std::same_as<std::underlying_type_t<E>, char>) {
            const char letter = static_cast<char>(value);
            return letter == '\0' ? "" : json_text({&letter, 1});
        } else {
            return std::to_string(static_cast<int>(value));
        }
    }
    template <class T>
    static std::string value_of(const std::optional<T>& value) {
        return value ? value_of(*value) : "";
    }
    template <class T>
        requires requires(const T& value, JsonWriter& writer) { describe(value, writer); }
    static std::string value_of(const T& value) {
        std::string text = "{";
        describe(value, JsonWriter(text));
        return text + "}";
    }

  private:
    std::string& out_;
};

/// Puts every field of a struct into a map, by its path.
class FieldLister {
  public:
    FieldLister(std::map<std::string, std::string>& out, std::string path)
        : out_(out), path_(std::move(path)) {}

    template <class T>
    void operator()(int, const char* name, const T& value) {
        put(path_ + "." + name, value);
    }

  private:
    template <class T>
    void put(const std::string& path, const std::optional<T>& value) {
        if (value) put(path, *value);
    }
    template <class T>
    void put(const std::string& path, const T& value) {
        if constexpr (requires(FieldLister & inner) { describe(value, inner); }) {
            FieldLister inner(out_, path);
            describe(value, inner);
        } else {
            const std::string text = JsonWriter::value_of(value);
            if (!text.empty()) out_[path] = text;
        }
    }

    std::map<std::string, std::string>& out_;
    std::string path_;
};

/// "NewOrder" of "NewOrder{session=1 ...}".
std::string name_of(const std::string& text) { return text.substr(0, text.find('{')); }

template <class Variant>
std::string json_of(const Variant& value) {
    std::string text = "{\"what\":" + json_text(name_of(to_text(value)));
    std::visit([&](const auto& body) { describe(body, JsonWriter(text)); }, value);
    return text + "}";
}

/// Ids found anywhere in a struct.
class IdFinder {
  public:
    explicit IdFinder(std::string_view cl_ord_id) : cl_ord_id_(cl_ord_id) {}

    template <class T>
    void operator()(int, const char*, const T& value) {
        look(value);
    }
    std::set<std::uint64_t> orders;
    std::set<std::uint64_t> children;
    bool has_cl_ord_id = false;

  private:
    void look(OrderId id) {
        if (!id.is_none()) orders.insert(id.value);
    }
    void look(ChildId id) {
        if (!id.is_none()) children.insert(id.value);
    }
    void look(const ClOrdId& id) { has_cl_ord_id |= !id.empty() && id.view() == cl_ord_id_; }
    template <class T>
    void look(const std::optional<T>& value) {
        if (value) look(*value);
    }
    template <class T>
    void look(const T& value) {
        if constexpr (requires { describe(value, *this); }) describe(value, *this);
    }

    std::string_view cl_ord_id_;
};

bool overlap(const std::set<std::uint64_t>& some, const std::set<std::uint64_t>& others) {
    for (const std::uint64_t id : some)
        if (others.contains(id)) return true;
    return false;
}

}  // namespace

std::string record_text(const Record& record) {
    std::string text = std::to_string(record.input.seq.value) + " " + to_text(record.input.time) + " " +
                       printable(to_text(record.input.body));
    if (!record.input.origin.session.is_none())
        text += " from session " + std::to_string(record.input.origin.session.value) +
                " 34=" + std::to_string(record.input.origin.msg_seq_num);
    text += "\n";
    if (!record.raw.empty()) {
        std::string raw = record.raw;
        for (char& letter : raw)
            if (letter == '\x01') letter = '|';
        text += "    < " + printable(raw) + "\n";
    }
    for (std::size_t i = 0; i < record.outputs.size(); ++i) {
        text += "    > " + printable(to_text(record.outputs[i]));
        for (const WireNumber& number : record.numbers)
            if (number.output == i)
                text += " to session " + std::to_string(number.session.value) +
                        " 34=" + std::to_string(number.msg_seq_num);
        text += "\n";
    }
    return text;
}

std::string record_json(const Record& record) {
    std::string text = "{\"seq\":" + std::to_string(record.input.seq.value) +
                       ",\"time\":" + json_text(to_text(record.input.time));
    if (!record.input.origin.session.is_none())
        text += ",\"origin\":{\"session\":" + std::to_string(record.input.origin.session.value) +
                ",\"msg_seq_num\":" + std::to_string(record.input.origin.msg_seq_num) + "}";
    text += ",\"input\":" + json_of(record.input.body) + ",\"outputs\":[";
    for (const Output& output : record.outputs) text += (text.back() == '[' ? "" : ",") + json_of(output);
    text += "],\"numbers\":[";
    for (const WireNumber& number : record.numbers)
        text += std::string(text.back() == '[' ? "" : ",") + "{\"output\":" + std::to_string(number.output) +
                ",\"session\":" + std::to_string(number.session.value) +
                ",\"msg_seq_num\":" + std::to_string(number.msg_seq_num) + "}";
    text += "]";
    if (!record.raw.empty()) text += ",\"raw\":" + json_text(record.raw);
    return text + "}";
}

std::map<std::string, std::string> record_fields(const Record& record) {
    std::map<std::string, std::string> fields;
    fields["time"] = to_text(record.input.time);
    fields["origin.session"] = std::to_string(record.input.origin.session.value);
    fields["origin.msg_seq_num"] = std::to_string(record.input.origin.msg_seq_num);
    fields["input"] = name_of(to_text(record.input.body));
    std::visit([&](const auto& body) { describe(body, FieldLister(fields, "input")); }, record.input.body);
    for (std::size_t i = 0; i < record.outputs.size(); ++i) {
        const std::string path = "output " + std::to_string(i);
        fields[path] = name_of(to_text(record.outputs[i]));
        std::visit([&](const auto& body) { describe(body, FieldLister(fields, path)); }, record.outputs[i]);
    }
    for (std::size_t i = 0; i < record.numbers.size(); ++i) {
        const WireNumber& number = record.numbers[i];
        fields["number " + std::to_string(i)] =
            "output " + std::to_string(number.output) + " to session " +
            std::to_string(number.session.value) + " 34=" + std::to_string(number.msg_seq_num);
    }
    if (!record.raw.empty()) fields["raw"] = json_text(record.raw);
    return fields;
}

std::string json_text(std::string_view text) {
    std::string out = "\"";
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte == '"' || byte == '\\') {
            out += '\\';
            out += letter;
        } else if (byte < 0x20 || byte >= 0x7F) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04x", byte);
            out += escape.data();
        } else {
            out += letter;
        }
    }
    return out + "\"";
}

AboutOrder::AboutOrder(std::string_view id) : cl_ord_id_(id) {
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), order_);
    if (error == std::errc{} && end == id.data() + id.size()) orders_.insert(order_);
}

bool AboutOrder::concerns(const Record& record) {
    IdFinder in_input(cl_ord_id_);
    std::visit([&](const auto& body) { describe(body, in_input); }, record.input.body);
    bool found =
        in_input.has_cl_ord_id || overlap(in_input.orders, orders_) || overlap(in_input.children, children_);
    for (const Output& output : record.outputs) {
        IdFinder ids(cl_ord_id_);
        std::visit([&](const auto& body) { describe(body, ids); }, output);
        if (!ids.has_cl_ord_id && !overlap(ids.orders, orders_) && !overlap(ids.children, children_))
            continue;
        found = true;
        orders_.insert(ids.orders.begin(), ids.orders.end());
        children_.insert(ids.children.begin(), ids.children.end());
    }
    return found;
}

}  // namespace penstock::apps
