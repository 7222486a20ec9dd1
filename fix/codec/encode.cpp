#include "fix/codec/encode.hpp"

#include <variant>

#include "fix/codec/encode_parts.hpp"

namespace penstock::fix {

std::string_view encode_body(const oms::Output& output, const EncodeContext& context, BodyWriter& out) {
    return std::visit(
        Overloaded{
            [](const oms::RoutingDecision&) { return std::string_view{}; },
            [](const oms::TriggerDecision&) { return std::string_view{}; },
            [](const oms::GroupDecision&) { return std::string_view{}; },
            [](const oms::ReconciliationChanged&) { return std::string_view{}; },
            [](const oms::VenueOrderKept&) { return std::string_view{}; },
            [](const oms::PositionCompared&) { return std::string_view{}; },
            [](const oms::Alarm&) { return std::string_view{}; },
            [&](const auto& message) { return encode(message, context, out); },
        },
        output);
}

}  // namespace penstock::fix
