#include "oms/engine/core.hpp"

#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

void Core::step(const Input& input, Outbox& out) {
    now_ = input.time;
    const Context context{world_, input.time, out};
    std::visit([&](const auto& body) { handle(context, body); }, input.body);
    settle_groups(context);
}

}  // namespace penstock::oms
