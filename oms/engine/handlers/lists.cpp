#include "oms/engine/handlers/reports.hpp"

namespace penstock::oms {
namespace {

void refuse_list(const Context& context, SessionId session, const ClOrdId& list_id, Reason reason) {
    ListStatus& out = context.out.emit<ListStatus>();
    out.session = session;
    out.list_id = list_id;
    out.type = ListStatusType::Ack;
    out.status = ListOrderStatus::Rejected;
    out.denial.reason = reason;
    out.transact_time = context.now;
}

}  // namespace

void handle(const Context&, const NewList&) {}
void handle(const Context&, const ListGroup&) {}
void handle(const Context&, const ListLeg&) {}
void handle(const Context& context, const EnterList& body) {
    refuse_list(context, body.session, body.list_id, Reason::UnsupportedContingency);
}
void handle(const Context& context, const ExecuteList& body) {
    refuse_list(context, body.session, body.list_id, Reason::UnknownList);
}
void handle(const Context& context, const CancelList& body) {
    refuse_list(context, body.session, body.list_id, Reason::UnknownList);
}
void handle(const Context& context, const ListStatusQuery& body) {
    refuse_list(context, body.session, body.list_id, Reason::UnknownList);
}

}  // namespace penstock::oms
