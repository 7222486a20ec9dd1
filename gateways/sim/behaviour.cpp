#include "gateways/sim/behaviour.hpp"

#include <charconv>

namespace penstock::sim {
namespace {

using enum Behaviour;

// One row per Behaviour, in the order of the enum.
constexpr std::array<BehaviourRow, kBehaviours> kTable = {{
    {None, "none", 0, Parameter::None, 0, HousePart::None, Lasting::Order},
    {Reject, "reject", 1001, Parameter::None, 0, HousePart::None, Lasting::Once},
    {NoAnswer, "no_answer", 1002, Parameter::None, 0, HousePart::None, Lasting::Once},
    {LateAck, "late_ack", 1003, Parameter::Milliseconds, 500, HousePart::None, Lasting::Order},
    {FillBeforeAck, "fill_before_ack", 1004, Parameter::None, 0, HousePart::All, Lasting::Once},
    {DuplicateReport, "duplicate_report", 1005, Parameter::None, 0, HousePart::Half, Lasting::Order},
    {OutOfOrder, "out_of_order", 1006, Parameter::None, 0, HousePart::Halves, Lasting::Once},
    {FillDuringPendingReplace, "fill_during_pending_replace", 1007, Parameter::None, 0, HousePart::Waits,
     Lasting::Order},
    {CancelThenFill, "cancel_then_fill", 1008, Parameter::Milliseconds, 50, HousePart::Waits, Lasting::Order},
    {CancelReject, "cancel_reject", 1009, Parameter::None, 0, HousePart::None, Lasting::Order},
    {Bust, "bust", 1010, Parameter::Milliseconds, 50, HousePart::All, Lasting::Order},
    {Correct, "correct", 1011, Parameter::Milliseconds, 50, HousePart::All, Lasting::Order},
    {UnsolicitedCancel, "unsolicited_cancel", 1012, Parameter::Milliseconds, 50, HousePart::None,
     Lasting::Order},
    {IdChangeOnReplace, "id_change_on_replace", 1013, Parameter::None, 0, HousePart::None, Lasting::Order},
    {CancelOnDisconnect, "cancel_on_disconnect", 1014, Parameter::None, 0, HousePart::None, Lasting::Order},
    {DisconnectAtByte, "disconnect_at_byte", 1015, Parameter::Byte, 40, HousePart::None, Lasting::Once},
    {SequenceReset, "sequence_reset", 1016, Parameter::Numbers, 10, HousePart::None, Lasting::Once},
    {SilentAccept, "silent_accept", 1017, Parameter::None, 0, HousePart::None, Lasting::Order},
    {FillWhileAway, "fill_while_away", 1018, Parameter::None, 0, HousePart::Waits, Lasting::Order},
    {CancelWhileAway, "cancel_while_away", 1019, Parameter::None, 0, HousePart::None, Lasting::Order},
    {UnseenFill, "unseen_fill", 1020, Parameter::None, 0, HousePart::Waits, Lasting::Order},
    {Forget, "forget", 1021, Parameter::None, 0, HousePart::None, Lasting::Order},
    {HandPlaced, "hand_placed", 1022, Parameter::None, 0, HousePart::None, Lasting::Order},
    {TradedByHand, "traded_by_hand", 1023, Parameter::None, 0, HousePart::None, Lasting::Order},
}};

constexpr bool rows_stand_where_the_enum_says() {
    for (std::size_t i = 0; i < kTable.size(); ++i)
        if (static_cast<std::size_t>(kTable[i].behaviour) != i) return false;
    return true;
}
static_assert(rows_stand_where_the_enum_says());

}  // namespace

const std::array<BehaviourRow, kBehaviours>& behaviour_table() { return kTable; }

const BehaviourRow& row_of(Behaviour behaviour) { return kTable[static_cast<std::size_t>(behaviour)]; }

Misbehaviour default_of(Behaviour behaviour) { return {behaviour, row_of(behaviour).default_parameter}; }

std::optional<Misbehaviour> parse_misbehaviour(std::string_view text) {
    const std::size_t gap = text.find_first_of(" :");
    const std::string_view name = text.substr(0, gap);
    for (const BehaviourRow& row : kTable) {
        if (row.name != name) continue;
        if (gap == std::string_view::npos) return default_of(row.behaviour);
        if (row.parameter == Parameter::None) return std::nullopt;
        const std::string_view number = text.substr(gap + 1);
        Misbehaviour made{row.behaviour, 0};
        const auto [end, error] =
            std::from_chars(number.data(), number.data() + number.size(), made.parameter);
        const bool whole = error == std::errc{} && end == number.data() + number.size();
        if (!whole || made.parameter < 0 || made.parameter > kMaxParameter) return std::nullopt;
        return made;
    }
    return std::nullopt;
}

}  // namespace penstock::sim
