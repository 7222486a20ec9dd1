#include "tests/oms/engine/trading_day.hpp"

#include "tests/oms/words.hpp"

namespace penstock::oms {

using tests::id;
using tests::px;
using tests::qty;

namespace {

constexpr SessionId kClient{1};
constexpr VenueId kVenue{1};

DefineSession session(std::string_view name, SessionRole role) {
    DefineSession body;
    body.name = id<SessionName>(name);
    body.role = role;
    if (role == SessionRole::Client) body.default_account = id<AccountName>("ACC");
    return body;
}

DefineVenue venue(std::string_view name, bool concurrent) {
    DefineVenue body;
    body.name = id<VenueName>(name);
    body.session = id<SessionName>(name);
    body.concurrent_amends = concurrent;
    body.asks_on_logon = true;
    return body;
}

SetLimits wide_limits() {
    SetLimits body;
    body.account = id<AccountName>("ACC");
    body.max_quantity = qty("1000000");
    body.max_notional = px("1000000000");
    body.collar_percent = tests::dec("50");
    body.max_reference_age = Duration::seconds(1'000'000);
    return body;
}

QuoteChanged quote(std::string_view symbol) {
    QuoteChanged body;
    body.venue = kVenue;
    body.symbol = id<Symbol>(symbol);
    body.bid = px("9.99");
    body.ask = px("10.01");
    return body;
}

VenueFilled fill(std::uint64_t child, std::string_view exec, std::string_view quantity) {
    VenueFilled body{report_on(child, 0), qty(quantity), px("10")};
    body.report.exec_id = id<VenueExecId>(exec);
    return body;
}

/// One cancels other, and one of them fills.
void add_list(std::vector<InputBody>& day) {
    NewList list;
    list.session = kClient;
    list.list_id = id<ClOrdId>("l1");
    list.legs = 2;
    list.groups = 1;
    ListGroup group;
    group.session = kClient;
    group.group = 1;
    group.contingency = Contingency::OneCancelsOther;
    day.emplace_back(list);
    day.emplace_back(group);
    day.emplace_back(ListLeg{kClient, 1, 1, order_named("c1", "10")});
    day.emplace_back(ListLeg{kClient, 2, 1, order_named("c2", "20")});
    day.emplace_back(EnterList{kClient, list.list_id});
    day.emplace_back(fill(3, "e3", "4"));
    day.emplace_back(VenueCancelled{report_on(4, 1), {}});
}

}  // namespace

std::vector<InputBody> opening() {
    return {DefineAccount{id<AccountName>("ACC")},
            session("A", SessionRole::Client),
            PermitAccount{id<SessionName>("A"), id<AccountName>("ACC")},
            wide_limits(),
            session("X", SessionRole::Venue),
            session("Y", SessionRole::Venue),
            venue("X", false),
            venue("Y", true),
            DefineInstrument{id<Symbol>("XYZ"), id<VenueName>("X")},
            DefineInstrument{id<Symbol>("ABC"), id<VenueName>("Y")},
            SessionChanged{{2}, true},
            SessionChanged{{3}, true},
            quote("XYZ"),
            quote("ABC")};
}

NewOrder order_named(std::string_view cl_ord_id, std::string_view quantity) {
    NewOrder order;
    order.session = kClient;
    order.cl_ord_id = id<ClOrdId>(cl_ord_id);
    order.symbol = id<Symbol>("XYZ");
    order.quantity = qty(quantity);
    order.limit = px("10");
    return order;
}

VenueReport report_on(std::uint64_t child, std::uint32_t revision) {
    VenueReport report;
    report.venue = kVenue;
    report.child = {child};
    report.revision = revision;
    return report;
}

std::vector<InputBody> trading_day() {
    std::vector<InputBody> day = opening();
    AmendOrder amend;
    amend.session = kClient;
    amend.cl_ord_id = id<ClOrdId>("a2");
    amend.orig_cl_ord_id = id<ClOrdId>("a1");
    amend.symbol = id<Symbol>("XYZ");
    amend.quantity = qty("80");
    amend.limit = px("10.1");
    CancelOrder cancel;
    cancel.session = kClient;
    cancel.cl_ord_id = id<ClOrdId>("a3");
    cancel.orig_cl_ord_id = id<ClOrdId>("a2");
    cancel.symbol = id<Symbol>("XYZ");
    FillBusted bust{report_on(1, 0), id<VenueExecId>("e1")};
    bust.report.exec_id = id<VenueExecId>("e9");

    for (const InputBody& body : std::initializer_list<InputBody>{
             order_named("a1", "100"), VenueAccepted{report_on(1, 0)}, fill(1, "e1", "10"), amend,
             fill(1, "e2", "20"), VenueAmended{report_on(1, 1), qty("80"), px("10.1")}, bust,
             order_named("b1", "5"), SessionChanged{{2}, false}, SessionChanged{{2}, true}, cancel,
             VenueCancelled{report_on(1, 2), {}}, order_named("b1", "7"), TimePassed{}})
        day.push_back(body);
    add_list(day);
    return day;
}

std::vector<Record> run(Core& core, const std::vector<InputBody>& inputs) {
    std::vector<Record> records;
    Outbox out;
    for (const InputBody& body : inputs) {
        Record& record = records.emplace_back();
        record.input.seq = {records.size()};
        record.input.time = {static_cast<std::int64_t>(records.size()) * 1'000'000'000};
        record.input.body = body;
        out.clear();
        core.step(record.input, out);
        record.outputs.assign(out.view().begin(), out.view().end());
    }
    return records;
}

}  // namespace penstock::oms
