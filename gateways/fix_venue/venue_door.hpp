#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fix/session/door.hpp"
#include "gateways/fix_venue/settings.hpp"
#include "oms/domain/output.hpp"
#include "oms/domain/venue_cl_ord_id.hpp"

namespace penstock::gateways {

/// A door to one venue over FIX. It translates; it never decides, retries an order or keeps order
/// state. Only evidence that the venue refused becomes a refusal. Nothing that could trade is ever
/// sent again: gap fills stand for old messages, and the core asks for the status of what is open.
class VenueDoor final : public fix::Door {
  public:
    VenueDoor(oms::Inbox& inbox, fix::SessionLog log, const VenueSheet& sheet, const oms::IdSpace& ids,
              std::vector<std::string> symbols)
        : Door(inbox, std::move(log)), sheet_(sheet), ids_(ids), symbols_(std::move(symbols)) {}

    /// What went out under a number of the session's; nothing when it was none of the core's messages.
    using SentOutput = std::function<std::optional<oms::Output>(std::uint32_t number)>;
    void look_up_sent(SentOutput sent) { sent_ = std::move(sent); }
    /// The venue's id, once the core has issued it.
    void set_venue(VenueId venue) { venue_ = venue; }

    void on_message(fix::FixSession& session, const fix::AppMessage& message) override;
    bool on_reject(fix::FixSession& session, const fix::AppMessage& message) override;
    void on_state(fix::FixSession& session, bool is_logged_on) override;
    bool may_resend(std::string_view) override { return false; }

  private:
    std::optional<oms::InputBody> refusal_by_number(const fix::AppMessage& message) const;
    void subscribe(fix::FixSession& session);

    VenueSheet sheet_;
    oms::IdSpace ids_;
    std::vector<std::string> symbols_;
    VenueId venue_;
    SentOutput sent_;
    std::uint32_t first_of_connection_ = 1;  // MsgSeqNum of the first message after the last logon
};

}  // namespace penstock::gateways
