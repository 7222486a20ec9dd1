#include "oms/domain/enums.hpp"

#include <array>
#include <utility>

namespace penstock::oms {
namespace {

/// The name a reason has in its enum, as GCC and Clang spell it in the name of this function; empty for a
/// number without one. So no reason can be without its text.
template <Reason kReason>
constexpr std::string_view spelled() {
    constexpr std::string_view kWhole = __PRETTY_FUNCTION__;
    constexpr std::string_view kBefore = "kReason = penstock::oms::Reason::";
    const std::size_t found = kWhole.find(kBefore);
    if (found == std::string_view::npos) return {};
    const std::size_t begin = found + kBefore.size();
    return kWhole.substr(begin, kWhole.find_first_of(";]", begin) - begin);
}

template <std::size_t... kNumbers>
constexpr std::array<std::string_view, sizeof...(kNumbers)> all_spelled(std::index_sequence<kNumbers...>) {
    return {spelled<static_cast<Reason>(kNumbers)>()...};
}

constexpr auto kReasonNames = all_spelled(std::make_index_sequence<256>{});
constexpr std::string_view name_of(Reason reason) { return kReasonNames[static_cast<std::uint8_t>(reason)]; }
static_assert(name_of(Reason::None) == "None" && name_of(Reason::GroupClosed) == "GroupClosed");
static_assert(name_of(Reason{30}).empty(), "a number that is no reason was spelled as one");

}  // namespace

std::string_view to_text(Reason reason) { return name_of(reason).empty() ? "Unknown" : name_of(reason); }

std::string_view to_text(AlarmKind kind) {
    switch (kind) {
        case AlarmKind::UnmatchedReport: return "UnmatchedReport";
        case AlarmKind::LateFill: return "LateFill";
        case AlarmKind::Overfill: return "Overfill";
        case AlarmKind::DuplicateFill: return "DuplicateFill";
        case AlarmKind::IllegalTransition: return "IllegalTransition";
        case AlarmKind::UnknownFillAmended: return "UnknownFillAmended";
        case AlarmKind::OutcomeUnknown: return "OutcomeUnknown";
        case AlarmKind::CapacityReached: return "CapacityReached";
        case AlarmKind::MissingFills: return "MissingFills";
        case AlarmKind::UndecodableReport: return "UndecodableReport";
        case AlarmKind::ClockSetBack: return "ClockSetBack";
        case AlarmKind::JournalNearlyFull: return "JournalNearlyFull";
        case AlarmKind::TradeQuestioned: return "TradeQuestioned";
        case AlarmKind::GroupOverfill: return "GroupOverfill";
        case AlarmKind::OrderBlocked: return "OrderBlocked";
        case AlarmKind::OrphanOrder: return "OrphanOrder";
        case AlarmKind::NotReconciled: return "NotReconciled";
        case AlarmKind::InferredFill: return "InferredFill";
        case AlarmKind::OrderNotFound: return "OrderNotFound";
        case AlarmKind::SettledLives: return "SettledLives";
        case AlarmKind::PositionDiffers: return "PositionDiffers";
        case AlarmKind::PositionsNotTold: return "PositionsNotTold";
    }
    return "Unknown";
}

}  // namespace penstock::oms
