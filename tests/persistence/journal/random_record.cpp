#include "tests/persistence/journal/random_record.hpp"

#include <array>
#include <limits>
#include <utility>

#include "persistence/journal/wire.hpp"
#include "persistence/journal/wire_fields.hpp"

namespace penstock::persistence {
namespace {

std::uint64_t random_number(Random& random, std::uint64_t most) {
    switch (random() % 4) {
        case 0: return 0;
        case 1: return most;
        case 2: return random() % 200 & most;
        default: return random() & most;
    }
}

Int128 random_mantissa(Random& random, bool wide) {
    const auto low =
        static_cast<std::int64_t>(random_number(random, std::numeric_limits<std::uint64_t>::max()));
    if (!wide || random() % 2 == 0) return low;
    return (static_cast<Int128>(static_cast<std::int64_t>(random()) >> (random() % 60)) << 64) | random();
}

template <class T>
void fill(Random& random, T& value) {
    if constexpr (OptionalField<T>) {
        if (random() % 3 == 0)
            value.reset();
        else
            fill(random, value.emplace());
    } else if constexpr (std::same_as<T, bool>) {
        value = random() % 2 == 0;
    } else if constexpr (EnumField<T>) {
        value = static_cast<T>(random_number(random, 0x7F));
    } else if constexpr (IdField<T>) {
        value.value = static_cast<typename T::Value>(
            random_number(random, std::numeric_limits<typename T::Value>::max()));
    } else if constexpr (NumberField<T>) {
        value = static_cast<T>(random_number(random, std::numeric_limits<T>::max()));
    } else if constexpr (TimeField<T>) {
        value.ns =
            static_cast<std::int64_t>(random_number(random, std::numeric_limits<std::uint64_t>::max()));
    } else if constexpr (TextField<T>) {
        std::array<char, T::kCapacity> bytes{};
        for (char& byte : bytes) byte = static_cast<char>(random());
        value = T::truncated({bytes.data(), random() % 3 == 0 ? 0 : random() % (T::kCapacity + 1)});
    } else if constexpr (DecimalField<T>) {
        const int scale = static_cast<int>(random() % (Decimal::kMaxScale + 1));
        const auto made = Decimal::from_parts(random_mantissa(random, false), scale);
        if constexpr (std::same_as<T, Decimal>)
            value = made ? *made : Decimal{};
        else
            value.value = made ? *made : Decimal{};
    } else if constexpr (std::same_as<T, Notional>) {
        const int scale = static_cast<int>(random() % (Notional::kMaxScale + 1));
        const auto made = Notional::from_parts(random_mantissa(random, true), scale);
        value = made ? *made : Notional{};
    } else {
        describe(value, [&](std::uint32_t, const char*, auto& member) { fill(random, member); });
    }
}

template <class... Alternatives>
void emplace_nth(std::variant<Alternatives...>& value, std::size_t index) {
    using Variant = std::variant<Alternatives...>;
    using Emplace = void (*)(Variant&);
    const std::array<Emplace, sizeof...(Alternatives)> emplace = {+[](Variant& held) {
        held.template emplace<Alternatives>();
    }...};
    emplace[index % emplace.size()](value);
}

template <class Variant>
void fill_nth(Random& random, Variant& value, std::size_t index) {
    emplace_nth(value, index);
    std::visit([&](auto& held) { fill(random, held); }, value);
}

class Lister {
  public:
    template <class T>
    void add(const std::string& name, const T& value) {
        if constexpr (OptionalField<T>) {
            if (value) add(name + "?", *value);
        } else if constexpr (NumberField<T>) {
            list(name, std::to_string(number_of(value)));
        } else if constexpr (TimeField<T>) {
            list(name, std::to_string(value.ns));
        } else if constexpr (TextField<T>) {
            list(name, std::string(value.view()));
        } else if constexpr (DecimalField<T>) {
            std::array<char, Decimal::kMaxText> text{};
            list(name, std::string(text.data(), decimal_of(value).write(text.data())));
        } else if constexpr (std::same_as<T, Notional>) {
            std::array<char, Notional::kMaxText> text{};
            list(name, std::string(text.data(), value.write(text.data())));
        } else {
            describe(value, [&](std::uint32_t, const char* field, const auto& member) {
                add(name + "." + field, member);
            });
        }
    }
    template <class Variant>
    void add_variant(const std::string& name, const Variant& value) {
        list(name, std::to_string(value.index()));
        std::visit([&](const auto& held) { add(name, held); }, value);
    }
    void list(const std::string& name, const std::string& text) { lines_.push_back(name + "=" + text); }
    std::vector<std::string> take() { return std::move(lines_); }

  private:
    std::vector<std::string> lines_;
};

}  // namespace

oms::Record random_record(Random& random, std::uint64_t seq, std::size_t input, std::size_t output) {
    oms::Record record;
    record.input.seq = Seq{seq};
    fill(random, record.input.time);
    fill(random, record.input.origin);
    fill_nth(random, record.input.body, input);
    for (std::size_t i = random() % 4; i > 0; --i) {
        fill_nth(random, record.outputs.emplace_back(), output++);
        fill(random, record.numbers.emplace_back());
    }
    record.raw.resize(random() % 3 == 0 ? 0 : random() % 400);
    for (char& byte : record.raw) byte = static_cast<char>(random());
    for (oms::WireNumber& number : record.numbers) {
        number.bytes = static_cast<std::uint32_t>(random() % 3 == 0 ? 0 : random() % 20'000);
        record.sent.append(number.bytes, static_cast<char>(random()));
    }
    if (random() % 3 == 0) record.session_sent.assign(random() % 400, static_cast<char>(random()));
    return record;
}

oms::Record random_record(Random& random, std::uint64_t seq) {
    return random_record(random, seq, random() % 1000, random() % 1000);
}

oms::Record new_order_record(std::uint64_t seq) {
    oms::NewOrder order;
    order.session = SessionId{3};
    order.cl_ord_id = ClOrdId::truncated("20260103-CLIENT1-" + std::to_string(seq));
    order.account = AccountName::truncated("DESK-7");
    order.symbol = Symbol::truncated("EURUSD");
    order.quantity = Quantity::whole(static_cast<std::int64_t>(100 + seq % 900));
    order.limit = Price{*Decimal::parse("1.08425")};
    order.transact_time = Timestamp{1'760'000'000'000'000'000};
    oms::VenueNewOrder child{
        SessionId{9}, VenueId{2},          ChildId{seq},   order.symbol, order.account,      order.side,
        order.type,   order.time_in_force, order.quantity, order.limit,  order.transact_time};
    oms::ExecutionReport report;
    report.session = order.session;
    report.order_id = OrderId{seq};
    report.exec_id = ExecId{seq};
    report.exec_type = oms::ExecType::PendingNew;
    report.ord_status = oms::OrdStatus::PendingNew;
    report.cl_ord_id = order.cl_ord_id;
    report.account = order.account;
    report.symbol = order.symbol;
    report.quantity = report.leaves = order.quantity;
    report.limit = order.limit;
    report.transact_time = order.transact_time;

    oms::Record record;
    record.input = {Seq{seq}, order.transact_time, {order.session, static_cast<std::uint32_t>(seq)}, order};
    record.outputs = {report, child};
    // As long as such messages are.
    record.numbers = {{0, order.session, 17, 240}, {1, child.session, 18, 170}};
    record.sent.assign(410, 'y');
    record.raw.assign(200, 'x');
    return record;
}

oms::RecordView view_of(const oms::Record& record) {
    return {record.input, record.outputs, record.numbers, record.raw, record.sent, record.session_sent};
}

std::vector<std::string> fields_of(const oms::Record& record) {
    Lister lister;
    lister.add("seq", record.input.seq);
    lister.add("time", record.input.time);
    lister.add("origin", record.input.origin);
    lister.add_variant("input", record.input.body);
    for (const auto& output : record.outputs) lister.add_variant("output", output);
    for (const auto& number : record.numbers) lister.add("number", number);
    for (const auto& number : record.numbers) lister.list("bytes", std::to_string(number.bytes));
    lister.list("sent", record.sent);
    lister.list("session_sent", record.session_sent);
    lister.list("raw", record.raw);
    return lister.take();
}

std::string encoded(const oms::Record& record) {
    std::string bytes(encoded_bound(view_of(record)), '\0');
    bytes.resize(static_cast<std::size_t>(encode(view_of(record), bytes.data()) - bytes.data()));
    return bytes;
}

}  // namespace penstock::persistence
