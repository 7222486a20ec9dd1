#pragma once

#include "fix/session/door.hpp"

namespace penstock::fix {

/// The door for clients: their orders in, and the age at which a repeated order is stale. Toward
/// clients reports are sent again when asked for: 8, 9, r, j, N.
class ClientDoor final : public Door {
  public:
    using Door::Door;

    void on_message(FixSession& session, const AppMessage& message) override;
    bool may_resend(std::string_view msg_type) override;
};

/// The door for drop copy readers: nothing in, and every refusal says so.
class DropCopyDoor final : public Door {
  public:
    using Door::Door;
    void on_message(FixSession& session, const AppMessage& message) override;
    bool may_resend(std::string_view msg_type) override;
};

}  // namespace penstock::fix
