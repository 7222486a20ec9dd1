#include "tests/matrices/explorer.hpp"

#include "tests/oms/engine/trading_day.hpp"
#include "tests/oms/words.hpp"

namespace penstock::matrices {

using tests::id;
using tests::px;

namespace {

constexpr oms::Capacity kSmall{4, 32, 64, 4};

// What can happen next.
constexpr char kClientSends = 'c';
constexpr char kVenueHandles = 'h';
constexpr char kVenueActs = 'a';
constexpr char kReportArrives = 'r';

}  // namespace

struct Explorer::Moment {
    explicit Moment(const Scenario& played)
        : scenario(played), venue(played), observer(played), core(kSmall) {
        for (const oms::InputBody& body : oms::opening()) step(body);
        oms::DefineVenue define;
        define.name = id<VenueName>("X");
        define.session = id<SessionName>("X");
        define.concurrent_amends = !played.is_serial;
        step(define);
    }

    /// Time stands still, so that situations reached on different ways compare equal.
    void step(const oms::InputBody& body) {
        oms::Input input;
        input.seq = {++steps};
        input.time = {1'000'000'000};
        input.body = body;
        out.clear();
        core.step(input, out);
        for (const oms::Output& output : out.view()) {
            const bool is_for_venue =
                std::holds_alternative<oms::VenueNewOrder>(output) ||
                std::holds_alternative<oms::VenueAmendOrder>(output) ||
                std::holds_alternative<oms::VenueCancelOrder>(output);
            if (is_for_venue)
                venue.receive(output);
            else
                observer.sees(output);
        }
    }

    void client_sends() {
        const ClientStep& next = scenario.client[sent++];
        const std::string cl_ord_id = "x" + std::to_string(sent);
        const std::string orig = next.kind == 'D' ? "" : observer.last_id();
        observer.sent(next.kind, cl_ord_id);
        if (next.kind == 'D') {
            oms::NewOrder order = oms::order_named(cl_ord_id, "1");
            order.quantity = next.quantity;
            order.time_in_force = scenario.is_gtc ? oms::TimeInForce::Gtc : oms::TimeInForce::Day;
            return step(order);
        }
        if (next.kind == 'F') {
            oms::CancelOrder cancel;
            fill_in(cancel, cl_ord_id, orig);
            return step(cancel);
        }
        oms::AmendOrder amend;
        fill_in(amend, cl_ord_id, orig);
        amend.quantity = next.quantity;
        amend.limit = px("10");
        step(amend);
    }

    template <class Request>
    static void fill_in(Request& request, const std::string& cl_ord_id, const std::string& orig) {
        request.session = SessionId{1};
        request.cl_ord_id = id<ClOrdId>(cl_ord_id);
        request.orig_cl_ord_id = id<ClOrdId>(orig);
        request.symbol = id<Symbol>("XYZ");
    }

    bool can(char choice) const {
        switch (choice) {
            case kClientSends: return sent < scenario.client.size();
            case kVenueHandles: return venue.has_inbound();
            case kVenueActs: return venue.can_act();
            default: return venue.has_report();
        }
    }

    void play(char choice) {
        switch (choice) {
            case kClientSends: return client_sends();
            case kVenueHandles: return venue.handle_inbound();
            case kVenueActs: return venue.act();
            default: return step(venue.take_report());
        }
    }

    std::string key() const {
        return std::to_string(sent) + "|" + std::to_string(core.state_hash()) + "|" + venue.key() + "|" +
               observer.key();
    }

    const Scenario& scenario;
    ModelVenue venue;
    Observer observer;
    oms::Core core;
    oms::Outbox out;
    std::uint64_t steps = 0;
    std::size_t sent = 0;
};

unsigned long long Explorer::explore() { return walk({}); }

unsigned long long Explorer::walk(const std::string& choices) {
    Moment moment(scenario_);
    for (const char choice : choices) moment.play(choice);
    const std::string key = moment.key();
    const auto known = paths_.find(key);
    if (known != paths_.end()) return known->second;
    unsigned long long paths = 0;
    for (const char choice : {kClientSends, kVenueHandles, kVenueActs, kReportArrives})
        if (moment.can(choice)) paths += walk(choices + choice);
    if (paths == 0) {
        moment.observer.check_end(moment.venue);
        if (moment.core.awaits_answers() && failure_.empty()) failure_ = choices + ": waits for an answer";
        paths = 1;
    }
    if (!moment.observer.problem().empty() && failure_.empty())
        failure_ = choices + ": " + moment.observer.problem();
    return paths_[key] = paths;
}

}  // namespace penstock::matrices
