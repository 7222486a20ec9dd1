#pragma once

#include <deque>
#include <string>
#include <vector>

#include "oms/domain/input.hpp"
#include "oms/domain/output.hpp"

namespace penstock::matrices {

/// What a scenario asks of the two sides, in their own order. Read from the lines interleavings.py writes.
struct ClientStep {
    char kind = 'D';  // MsgType
    Quantity quantity;
    bool is_accepted = true;  // by the venue, if it can
};
struct VenueStep {
    std::string kind;  // fill, again, bust, correct, end, expire, done, restate, suspend, stop
    Quantity quantity;
};
struct Scenario {
    bool is_gtc = false;
    bool is_serial = false;  // the venue takes one replace at a time
    std::vector<ClientStep> client;
    std::vector<VenueStep> venue;
};
/// One order; or two, each at a venue of its own, in a list of which one cancels the other.
struct Story {
    std::string name;
    bool is_block = false;  // one leg works at a time; else both, and each cancels the other
    std::vector<Scenario> legs;

    bool is_pair() const { return legs.size() > 1; }
};

/// A venue that never errs: it handles what it was sent in order, does what the scenario says when it can,
/// and says so in order.
class ModelVenue {
  public:
    ModelVenue(const Scenario& scenario, VenueId venue) : scenario_(scenario), venue_(venue) {}

    bool has_inbound() const { return !inbound_.empty(); }
    bool has_report() const { return !reports_.empty(); }
    bool can_act() const { return is_known_ && next_step_ < scenario_.venue.size(); }

    void receive(const oms::Output& output) { inbound_.push_back(output); }
    void handle_inbound();
    void act();
    oms::InputBody take_report();

    Quantity quantity() const { return quantity_; }
    Quantity filled() const { return filled_; }
    bool is_live() const { return is_live_; }
    /// Everything that decides what it will say.
    std::string key() const;

  private:
    struct Execution {
        std::string id;
        Quantity quantity;
        bool is_busted = false;
    };

    oms::VenueReport report(std::uint32_t revision);
    bool is_accepted(char kind) const;
    void answer_new(const oms::VenueNewOrder& order);
    void answer_amend(const oms::VenueAmendOrder& amend);
    void answer_cancel(const oms::VenueCancelOrder& cancel);
    void fill(Quantity quantity);
    void revise(Quantity quantity);
    Quantity remaining() const { return *subtract(quantity_, filled_); }

    const Scenario& scenario_;
    VenueId venue_;
    std::deque<oms::Output> inbound_;
    std::deque<oms::InputBody> reports_;
    std::vector<Execution> executions_;
    ChildId child_;
    std::uint32_t revision_ = 0;
    std::size_t next_step_ = 0;
    int requests_seen_ = 0;
    int said_ = 0;
    int handled_ = 0;
    Quantity quantity_;
    Quantity filled_;
    bool is_known_ = false;
    bool is_live_ = false;
};

}  // namespace penstock::matrices
