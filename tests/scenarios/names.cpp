#include "tests/scenarios/names.hpp"

namespace penstock::scenarios {
namespace {

/// The id the venue gave the execution behind this input, if it is one that adds a version.
std::string execution_of(const oms::InputBody& cause) {
    if (const auto* fill = std::get_if<oms::VenueFilled>(&cause))
        return std::string(fill->report.exec_id.view());
    if (const auto* correction = std::get_if<oms::FillCorrected>(&cause))
        return std::string(correction->report.exec_id.view());
    return {};
}

/// What the OMS asks by itself goes by why it does.
std::string own_prefix(oms::Request::Cause cause) {
    switch (cause) {
        case oms::Request::Cause::Client:
        case oms::Request::Cause::MassRequest:
        case oms::Request::Cause::Disconnect:
        case oms::Request::Cause::Logout: break;
        case oms::Request::Cause::Group: return "group-";
        case oms::Request::Cause::Expiry: return "expiry-";
        case oms::Request::Cause::Conditions: return "peg-";
        case oms::Request::Cause::Woken: return "woken-";
    }
    return "mass-";
}

Terms unheard_of() {
    Terms terms;
    terms.symbol = *Symbol::from("XYZ");
    return terms;
}

}  // namespace

void Names::learn(const oms::Core& core, const oms::InputBody& cause, std::span<const oms::Output> outputs) {
    for (const oms::Output& output : outputs) {
        if (const auto* sent = std::get_if<oms::VenueNewOrder>(&output))
            learn_request(core, {sent->child, 0}, {sent->quantity, sent->limit, false});
        if (const auto* sent = std::get_if<oms::VenueAmendOrder>(&output))
            learn_request(core, {sent->child, sent->revision}, {sent->quantity, sent->limit, false});
        if (const auto* sent = std::get_if<oms::VenueCancelOrder>(&output))
            learn_request(core, {sent->child, sent->revision}, {sent->quantity, std::nullopt, false});
        if (const auto* kept = std::get_if<oms::VenueOrderKept>(&output);
            kept != nullptr && !kept->by.empty())
            learn_request(core, {kept->report.child, 0}, {kept->terms.quantity, kept->terms.limit, false});
        const auto* report = std::get_if<oms::ExecutionReport>(&output);
        if (report == nullptr) continue;
        // One that waits inside has not been sent.
        if (report->orig_cl_ord_id.empty())
            orders_.try_emplace(report->order_id.value, std::string(report->cl_ord_id.view()));
        const bool is_trade =
            report->exec_type == oms::ExecType::Trade || report->exec_type == oms::ExecType::TradeCorrect;
        if (is_trade) executions_[report->exec_id.value] = execution_of(cause);
    }
}

void Names::learn_request(const oms::Core& core, oms::ChildRequest request, Sent sent) {
    const oms::OrderStore& orders = core.world().orders;
    const auto child = orders.find_child(request.child);
    const oms::Order& order = orders[orders[child].order];
    if (!order.special.is_none()) {
        const oms::Special& special = orders[order.special];
        sent.is_other_than_asked = special.does(oms::Emulation::Display) || special.does(oms::Emulation::Peg);
    }
    if (request.revision == 0) {
        std::string name(orders.text(order.cl_ord_id).view());
        int slices = 0;
        for (auto at = orders[child].next_of_order; !at.is_none(); at = orders[at].next_of_order) ++slices;
        if (slices > 0) name = orders_[order.id.value] + "/" + std::to_string(slices + 1);
        orders_.try_emplace(order.id.value, name);
        return add(core, order.session, name, request, sent);
    }
    for (auto at = order.first_request; !at.is_none(); at = orders[at].next) {
        if (orders[at].child != child || orders[at].revision != request.revision) continue;
        const std::string name(orders.text(orders[at].cl_ord_id).view());
        const bool is_clients = !name.empty();
        return add(core, order.session,
                   is_clients ? name : own_label(orders[at].cause, of({request.child, 0})), request, sent);
    }
}

/// `mass-a1`; of a group `group-a1`, the ones after it `group-a1.2`, `group-a1.3`.
std::string Names::own_label(oms::Request::Cause cause, const std::string& order) const {
    const std::string first = own_prefix(cause) + order;
    if (first.starts_with("mass-")) return first;
    std::string label = first;
    for (int i = 2; requests_.contains(label); ++i) label = first + "." + std::to_string(i);
    return label;
}

void Names::add(const oms::Core& core, SessionId session, const std::string& cl_ord_id,
                oms::ChildRequest request, const Sent& sent) {
    std::string label = cl_ord_id;
    // Two clients may use the same ClOrdID: the second one's is told apart by the client's name.
    if (requests_.contains(label) && !label.starts_with("mass-"))
        label = std::string(core.world().directory[session].name.view().substr(7)) + "/" + cl_ord_id;
    requests_[label] = request;
    labels_[{request.child.value, request.revision}] = label;
    Terms asked = terms(session, cl_ord_id);
    const bool is_clients = terms_.contains({session.value, cl_ord_id});
    if (!is_clients || sent.is_other_than_asked) {
        asked.quantity = sent.quantity;
        asked.limit = sent.limit;
    }
    terms_by_label_[label] = asked;
}

std::string Names::of(oms::ChildRequest request) const {
    const auto found = labels_.find({request.child.value, request.revision});
    return found == labels_.end() ? "?" : found->second;
}

std::optional<oms::ChildRequest> Names::request(const std::string& label) const {
    const auto found = requests_.find(label);
    if (found == requests_.end()) return std::nullopt;
    return found->second;
}

std::string Names::of(ExecId id) const {
    const auto found = executions_.find(id.value);
    return found == executions_.end() ? std::string{} : found->second;
}

std::string Names::of(OrderId id) const {
    const auto found = orders_.find(id.value);
    return found == orders_.end() ? std::string{} : found->second;
}

OrderId Names::order(const std::string& label) const {
    for (const auto& [id, name] : orders_)
        if (name == label) return OrderId{id};
    return {};
}

void Names::remember(SessionId session, const std::string& cl_ord_id, const Terms& terms) {
    terms_[{session.value, cl_ord_id}] = terms;
}

Terms Names::terms(SessionId session, const std::string& cl_ord_id) const {
    const auto found = terms_.find({session.value, cl_ord_id});
    return found == terms_.end() ? unheard_of() : found->second;
}

Terms Names::terms(const std::string& label) const {
    const auto found = terms_by_label_.find(label);
    return found == terms_by_label_.end() ? unheard_of() : found->second;
}

}  // namespace penstock::scenarios
