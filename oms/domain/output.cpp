#include "oms/domain/output.hpp"

namespace penstock::oms {

SessionId destination(const Output& output) {
    return std::visit(
        [](const auto& message) -> SessionId {
            if constexpr (requires { message.session; })
                return message.session;
            else
                return SessionId{};
        },
        output);
}

}  // namespace penstock::oms
