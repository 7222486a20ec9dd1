#pragma once

#include <string>

#include "apps/penstock_client/command.hpp"
#include "apps/penstock_client/orders.hpp"
#include "fix/codec/version.hpp"
#include "oms/domain/time.hpp"

namespace penstock::client {

/// An application message without header and trailer; fields in ascending tag order.
struct Outgoing {
    std::string msg_type;
    std::string body;
};

/// What every request is written with.
struct RequestContext {
    fix::Version version = fix::Version::Fix44;
    Timestamp now;  // TransactTime(60)
};

// The requests of a client, FIX volume 6; HandlInst(21) is there for 4.2, which wants it.
Outgoing new_order(const ClientOrder& order, const RequestContext& context);
Outgoing amend(const ClientOrder& order, const AmendOrder& change, const std::string& id,
               const RequestContext& context);
Outgoing cancel(const ClientOrder& order, const CancelOrder& command, const std::string& id,
                const RequestContext& context);
/// One group of orders with what holds for all of them; `legs` in the order of the command's.
Outgoing new_list(const SendList& list, const std::vector<const ClientOrder*>& legs,
                  const RequestContext& context);
Outgoing ask_list(const AskList& command, const RequestContext& context);
/// 4.4 and later.
Outgoing mass_cancel(const std::string& symbol, const std::string& id, const RequestContext& context);
Outgoing status(const ClientOrder& order);
/// 4.4 and later.
Outgoing mass_status(const std::string& id);

}  // namespace penstock::client
