#include "oms/domain/print.hpp"

#include <array>
#include <cstdio>

#include "oms/domain/fields.hpp"

namespace penstock::oms {
namespace {

// Names of the alternatives, in the order of the variants.
constexpr std::array<std::string_view, std::variant_size_v<InputBody>> kInputNames{
    "DefineSession",       "DefineVenue",     "DefineInstrument",  "DefineAccount",  "PermitAccount",
    "SetLimits",           "NewOrder",        "AmendOrder",        "CancelOrder",    "MassCancel",
    "OrderStatusQuery",    "MassStatusQuery", "RequestRefused",    "VenueAccepted",  "VenueRefused",
    "VenueFilled",         "FillBusted",      "FillCorrected",     "VenueAmended",   "VenueCancelled",
    "VenueRequestRefused", "VenueExpired",    "VenueDoneForDay",   "VenueStatus",    "OutcomeUnknown",
    "VenueUndecodable",    "SessionChanged",  "QuoteChanged",      "TimePassed",     "SessionAdvanced",
    "SetCapacity",         "JournalSpace",    "ClockSetBack",      "VenueSuspended", "VenueStopped",
    "TradeQuestioned",     "NewList",         "ListGroup",         "ListLeg",        "EnterList",
    "ExecuteList",         "CancelList",      "ListStatusQuery",   "VenueTriggered", "ContinueWork",
    "TradingDayBegan",     "OperatorActed",   "AuditKeyChanged",   "VenueBookTold",  "VenueOrderTold",
    "AdoptVenueOrder",     "SettleUnknown",   "VenuePositionTold", "AcceptPosition"};
constexpr std::array<std::string_view, std::variant_size_v<Output>> kOutputNames{
    "ExecutionReport",
    "CancelReject",
    "MassCancelReport",
    "BusinessReject",
    "VenueNewOrder",
    "VenueAmendOrder",
    "VenueCancelOrder",
    "VenueStatusRequest",
    "RoutingDecision",
    "Alarm",
    "ListStatus",
    "TriggerDecision",
    "GroupDecision",
    "VenueMassStatusRequest",
    "ReconciliationChanged",
    "VenueOrderKept",
    "VenuePositionsRequest",
    "PositionCompared"};

template <class T>
concept Enum = std::is_enum_v<T>;

/// Writes "name=value " for every field that is not at its default.
class Printer {
  public:
    explicit Printer(std::string& out) : out_(out) {}

    template <class T>
    void operator()(int, const char* name, const T& value) {
        const std::string text = text_of(value);
        if (text.empty()) return;
        if (out_.back() != '{') out_ += ' ';
        out_.append(name).append("=").append(text);
    }

  private:
    static std::string text_of(bool value) { return value ? "yes" : ""; }
    static std::string text_of(std::uint32_t value) { return value == 0 ? "" : std::to_string(value); }
    static std::string text_of(Timestamp value) { return value.is_none() ? "" : to_text(value); }
    static std::string text_of(Duration value) { return std::to_string(value.ns) + "ns"; }
    static std::string text_of(Decimal value) { return to_text(value); }
    static std::string text_of(const Notional& value) { return to_text(value); }
    static std::string text_of(Reason value) {
        return value == Reason::None ? "" : std::string(penstock::oms::to_text(value));
    }
    static std::string text_of(AlarmKind value) { return std::string(penstock::oms::to_text(value)); }
    template <class Tag>
    static std::string text_of(DecimalOf<Tag> value) {
        return to_text(value.value);
    }
    template <std::size_t N>
    static std::string text_of(const FixedText<N>& value) {
        return std::string(value.view());
    }
    template <class Tag, class Number>
    static std::string text_of(StrongId<Tag, Number> value) {
        return value.is_none() ? "" : std::to_string(value.value);
    }
    template <Enum E>
    static std::string text_of(E value) {
        const auto number = static_cast<int>(value);
        if constexpr (std::same_as<std::underlying_type_t<E>, char>)
            return std::string(1, number == 0 ? '?' : static_cast<char>(value));
        else
            return std::to_string(number);
    }
    template <class T>
    static std::string text_of(const std::optional<T>& value) {
        return value ? text_of(*value) : "";
    }
    template <class T>
        requires requires(const T& value, Printer& printer) { describe(value, printer); }
    static std::string text_of(const T& value) {
        std::string text = "{";
        describe(value, Printer(text));
        return text.size() == 1 ? "" : text + "}";
    }

    std::string& out_;
};

template <class Variant, class Names>
std::string print(const Variant& value, const Names& names) {
    std::string text(names[value.index()]);
    text += '{';
    std::visit([&](const auto& body) { describe(body, Printer(text)); }, value);
    return text + "}";
}

}  // namespace

std::string to_text(const InputBody& body) { return print(body, kInputNames); }
std::string to_text(const Output& output) { return print(output, kOutputNames); }

std::string_view name_of(const InputBody& body) { return kInputNames[body.index()]; }
std::string_view name_of(const Output& output) { return kOutputNames[output.index()]; }

std::string to_text(Decimal value) {
    std::array<char, Decimal::kMaxText> text{};
    return {text.data(), value.write(text.data())};
}

std::string to_text(const Notional& value) {
    std::array<char, Notional::kMaxText> text{};
    return {text.data(), value.write(text.data())};
}

std::string to_text(Timestamp moment) {
    constexpr std::int64_t kDay = 86'400'000'000'000;
    std::int64_t days = moment.ns / kDay;
    std::int64_t rest = moment.ns % kDay;
    if (rest < 0) {
        rest += kDay;
        --days;
    }
    // Civil date from day number, Gregorian, valid for every day this type can hold.
    const std::int64_t shifted = days + 719'468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    const std::int64_t day_of_era = shifted - era * 146'097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month_index = (5 * day_of_year + 2) / 153;
    const std::int64_t day = day_of_year - (153 * month_index + 2) / 5 + 1;
    const std::int64_t month = month_index < 10 ? month_index + 3 : month_index - 9;
    const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
    const std::int64_t seconds = rest / 1'000'000'000;
    std::array<char, 80> text{};
    std::snprintf(text.data(), text.size(), "%04lld-%02lld-%02lldT%02lld:%02lld:%02lld.%09lldZ",
                  static_cast<long long>(year), static_cast<long long>(month), static_cast<long long>(day),
                  static_cast<long long>(seconds / 3600), static_cast<long long>(seconds / 60 % 60),
                  static_cast<long long>(seconds % 60), static_cast<long long>(rest % 1'000'000'000));
    return text.data();
}

}  // namespace penstock::oms
