#include "tests/matrices/explorer.hpp"

#include "tests/oms/engine/trading_day.hpp"
#include "tests/oms/words.hpp"

namespace penstock::matrices {

using tests::id;
using tests::px;

namespace {

constexpr oms::Capacity kSmall{4, 32, 64, 4};
constexpr SessionId kClient{1};

// What can happen next, to the first leg or the only order; to the second leg in upper case.
constexpr char kChoices[] = {
    'c',  // the client sends
    'h',  // the venue handles what it was sent
    'a',  // the venue acts of its own accord
    'r',  // the venue's report arrives
    'C', 'H', 'A', 'R'};

std::size_t leg_of(char choice) { return choice < 'a' ? 1 : 0; }
char deed_of(char choice) { return static_cast<char>(choice < 'a' ? choice - 'A' + 'a' : choice); }

}  // namespace

/// An order with those who speak of it.
struct Leg {
    Leg(const Scenario& played, std::size_t index)
        : scenario(played),
          venue(played, VenueId{static_cast<std::uint32_t>(index + 1)}),
          observer(played),
          letter(index == 0 ? 'x' : 'y') {}

    std::string next_id() const { return letter + std::to_string(sent + 1); }
    std::string key() const { return std::to_string(sent) + "|" + venue.key() + "|" + observer.key(); }

    const Scenario& scenario;
    ModelVenue venue;
    Observer observer;
    char letter;  // its ClOrdIDs begin with it
    std::size_t sent = 0;
};

struct Explorer::Moment {
    explicit Moment(const Story& played) : story(played), core(kSmall) {
        for (const Scenario& scenario : played.legs) legs.emplace_back(scenario, legs.size());
        for (const oms::InputBody& body : oms::opening()) step(body);
        for (const char* name : {"X", "Y"}) define(name);
        if (played.is_pair()) enter_list();
    }

    void define(const char* name) {
        oms::DefineVenue define;
        define.name = id<VenueName>(name);
        define.session = id<SessionName>(name);
        define.concurrent_amends = !story.legs.front().is_serial;
        step(define);
    }

    void enter_list() {
        oms::NewList list;
        list.session = kClient;
        list.list_id = id<ClOrdId>("L");
        list.legs = static_cast<std::uint32_t>(legs.size());
        list.groups = 1;
        step(list);
        oms::ListGroup group;
        group.session = kClient;
        group.group = 1;
        group.contingency = oms::Contingency::OneCancelsOther;
        group.overfill = story.is_block ? oms::OverfillPolicy::Block : oms::OverfillPolicy::Reduce;
        step(group);
        for (Leg& leg : legs) {
            oms::ListLeg entry;
            entry.session = kClient;
            entry.leg = leg.letter == 'x' ? 1 : 2;
            entry.group = 1;
            entry.order = next_order(leg);
            entry.order.destination = id<VenueName>(leg.letter == 'x' ? "X" : "Y");
            step(entry);
        }
        oms::EnterList enter;
        enter.session = kClient;
        enter.list_id = list.list_id;
        step(enter);
    }

    /// Time stands still, so that situations reached on different ways compare equal.
    void step(const oms::InputBody& body) {
        oms::Input input;
        input.seq = {++steps};
        input.time = {1'000'000'000};
        input.body = body;
        out.clear();
        core.step(input, out);
        for (const oms::Output& output : out.view()) tell(output);
    }

    void tell(const oms::Output& output) {
        if (const auto* order = std::get_if<oms::VenueNewOrder>(&output)) return tell_venue(*order);
        if (const auto* amend = std::get_if<oms::VenueAmendOrder>(&output)) return tell_venue(*amend);
        if (const auto* cancel = std::get_if<oms::VenueCancelOrder>(&output)) return tell_venue(*cancel);
        if (const auto* report = std::get_if<oms::ExecutionReport>(&output))
            return of_id(report->cl_ord_id).observer.sees(output);
        if (const auto* refusal = std::get_if<oms::CancelReject>(&output))
            return of_id(refusal->cl_ord_id).observer.sees(output);
        const auto* alarm = std::get_if<oms::Alarm>(&output);
        if (alarm && alarm->kind == oms::AlarmKind::GroupOverfill && story.is_pair())
            is_overfill_told = true;
        else
            legs.front().observer.sees(output);
    }

    template <class Message>
    void tell_venue(const Message& message) {
        legs.at(message.venue.value - 1).venue.receive(message);
    }

    Leg& of_id(const ClOrdId& cl_ord_id) { return legs.at(cl_ord_id.view().substr(0, 1) == "y" ? 1 : 0); }

    oms::NewOrder next_order(Leg& leg) {
        oms::NewOrder order = oms::order_named(leg.next_id(), "1");
        order.quantity = leg.scenario.client[leg.sent].quantity;
        order.time_in_force = leg.scenario.is_gtc ? oms::TimeInForce::Gtc : oms::TimeInForce::Day;
        leg.observer.sent('D', leg.next_id());
        ++leg.sent;
        return order;
    }

    void client_sends(Leg& leg) {
        const ClientStep& next = leg.scenario.client[leg.sent];
        if (next.kind == 'D') return step(next_order(leg));
        const std::string cl_ord_id = leg.next_id();
        const std::string orig = leg.observer.last_id();
        leg.observer.sent(next.kind, cl_ord_id);
        ++leg.sent;
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
        request.session = kClient;
        request.cl_ord_id = id<ClOrdId>(cl_ord_id);
        request.orig_cl_ord_id = id<ClOrdId>(orig);
        request.symbol = id<Symbol>("XYZ");
    }

    bool can(char choice) const {
        if (leg_of(choice) >= legs.size()) return false;
        const Leg& leg = legs[leg_of(choice)];
        switch (deed_of(choice)) {
            case 'c': return leg.sent < leg.scenario.client.size();
            case 'h': return leg.venue.has_inbound();
            case 'a': return leg.venue.can_act();
            default: return leg.venue.has_report();
        }
    }

    void play(char choice) {
        Leg& leg = legs[leg_of(choice)];
        switch (deed_of(choice)) {
            case 'c': return client_sends(leg);
            case 'h': return leg.venue.handle_inbound();
            case 'a': return leg.venue.act();
            default: return step(leg.venue.take_report());
        }
    }

    std::string key() const {
        std::string key = std::to_string(core.state_hash()) + (is_overfill_told ? "o" : "-");
        for (const Leg& leg : legs) key += "|" + leg.key();
        return key;
    }

    std::string problem() const {
        for (const Leg& leg : legs)
            if (!leg.observer.problem().empty())
                return leg.letter + std::string(": ") + leg.observer.problem();
        return {};
    }

    /// Nothing is under way any more: what must hold then.
    std::string problem_at_end() {
        for (Leg& leg : legs) leg.observer.check_end(leg.venue);
        if (core.awaits_answers()) return "waits for an answer";
        return story.is_pair() ? problem_of_pair() : std::string();
    }

    bool has_bust() const {
        for (const Leg& leg : legs)
            for (const VenueStep& venue_step : leg.scenario.venue)
                if (venue_step.kind == "bust") return true;
        return false;
    }

    /// One cancels other: what has filled ends the other; both only when the fills crossed, and that is told.
    std::string problem_of_pair() const {
        const bool first = legs[0].venue.filled().is_positive();
        const bool second = legs[1].venue.filled().is_positive();
        if (first && legs[1].venue.is_live()) return "the first has filled and the second works on";
        if (second && legs[0].venue.is_live()) return "the second has filled and the first works on";
        if (first && second && story.is_block) return "both have filled, although one works at a time";
        if (first && second && !is_overfill_told) return "both have filled, and nobody was told";
        if (is_overfill_told && !(first && second) && !has_bust()) return "told of an overfill that is none";
        return {};
    }

    const Story& story;
    std::vector<Leg> legs;
    oms::Core core;
    oms::Outbox out;
    std::uint64_t steps = 0;
    bool is_overfill_told = false;
};

unsigned long long Explorer::explore() { return walk({}); }

unsigned long long Explorer::walk(const std::string& choices) {
    Moment moment(story_);
    for (const char choice : choices) moment.play(choice);
    const std::string key = moment.key();
    const auto known = paths_.find(key);
    if (known != paths_.end()) return known->second;
    unsigned long long paths = 0;
    for (const char choice : kChoices)
        if (moment.can(choice)) paths += walk(choices + choice);
    if (paths == 0) {
        const std::string problem = moment.problem_at_end();
        if (!problem.empty() && failure_.empty()) failure_ = choices + ": " + problem;
        paths = 1;
    }
    if (!moment.problem().empty() && failure_.empty()) failure_ = choices + ": " + moment.problem();
    return paths_[key] = paths;
}

}  // namespace penstock::matrices
