#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "oms/domain/time.hpp"

namespace penstock::sim {

/// The ways a venue can misbehave. README.md has the same table for people; a test compares the two.
enum class Behaviour : std::uint8_t {
    None,
    Reject,
    NoAnswer,
    LateAck,
    FillBeforeAck,
    DuplicateReport,
    OutOfOrder,
    FillDuringPendingReplace,
    CancelThenFill,
    CancelReject,
    Bust,
    Correct,
    UnsolicitedCancel,
    IdChangeOnReplace,
    CancelOnDisconnect,
    DisconnectAtByte,
    SequenceReset,
    SilentAccept,
    FillWhileAway,
    CancelWhileAway,
    UnseenFill,
    Forget,
    HandPlaced,
    TradedByHand,
};
inline constexpr std::size_t kBehaviours = 24;

/// What the one number a behaviour takes means.
enum class Parameter : std::uint8_t { None, Milliseconds, Byte, Numbers };

/// What the house does to the order once it is accepted. Orders the house is to fill stay off the book,
/// so that the fill comes when the script says and not when the market does.
enum class HousePart : std::uint8_t {
    None,    // the order goes to the book like any other
    Waits,   // off the book; a fill comes later
    Half,    // off the book; half is filled at once
    Halves,  // off the book; filled at once in two fills
    All,     // off the book; filled at once
};

/// How long a behaviour goes on.
enum class Lasting : std::uint8_t {
    Order,  // every answer about the order
    Once,   // only the answer to the message it was chosen by
};

struct BehaviourRow {
    Behaviour behaviour;
    std::string_view name;          // in scripts and tags
    std::int64_t default_quantity;  // the OrderQty(38) that chooses it; 0: none
    Parameter parameter;
    std::int64_t default_parameter;
    HousePart house;
    Lasting lasting;
};

const std::array<BehaviourRow, kBehaviours>& behaviour_table();
const BehaviourRow& row_of(Behaviour behaviour);

/// A behaviour with its number.
struct Misbehaviour {
    Behaviour behaviour = Behaviour::None;
    std::int64_t parameter = 0;

    Duration delay() const { return Duration::milliseconds(parameter); }
    friend bool operator==(const Misbehaviour&, const Misbehaviour&) = default;
};

/// The behaviour with the number of the table.
Misbehaviour default_of(Behaviour behaviour);

/// "late_ack", "late_ack 250" or "late_ack:250". Nothing when the name is unknown, the number is no
/// whole number of 0..kMaxParameter, or the behaviour takes none.
std::optional<Misbehaviour> parse_misbehaviour(std::string_view text);
inline constexpr std::int64_t kMaxParameter = 86'400'000;  // a day in milliseconds

}  // namespace penstock::sim
