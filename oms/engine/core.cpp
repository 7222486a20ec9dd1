#include "oms/engine/core.hpp"

#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/handlers.hpp"
#include "oms/engine/handlers/positions.hpp"
#include "oms/engine/handlers/reconciliation.hpp"
#include "oms/engine/handlers/slices.hpp"

namespace penstock::oms {

void Core::step(const Input& input, Outbox& out) {
    now_ = input.time;
    const Context context{world_, input.time, out};
    std::visit([&](const auto& body) { handle(context, body); }, input.body);
    if (std::holds_alternative<OperatorActed>(input.body)) return;
    cut_what_waited(context);
    settle_groups(context);
    settle_reconciliations(context);
    ask_positions_when_due(context);
}

}  // namespace penstock::oms
