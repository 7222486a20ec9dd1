#pragma once

#include <map>
#include <memory>
#include <vector>

#include "tests/sim/client.hpp"
#include "tests/sim/group_checks.hpp"
#include "tests/sim/process.hpp"
#include "tests/sim/venue.hpp"

namespace penstock::sim {

/// What must hold between the truth at the venues, the core and what clients were told (I1 to I4, I9).
class OrderChecks {
  public:
    OrderChecks(Surroundings& world, const Alarms& alarms, std::vector<std::unique_ptr<Client>>& clients,
                std::vector<std::unique_ptr<Venue>>& venues);

    /// The process that lives now; null: none.
    void watch(const Process* process);
    /// After each event.
    void step() const;
    /// What is still under way, unanswered or unknown, in words; empty when nothing is.
    std::string unrest() const;
    /// Clients, core and venues must say the same of every order.
    void agree() const;

  private:
    void on_request(const Venue& venue, const VenueRequest& request, const VenueOrder* order);
    void on_booked(const Client& client, const ClientOrder& order, char exec_type) const;
    void check_nothing_lost() const;
    // Positions, and what of an order a venue counts as filled: position_checks.cpp.
    void check_no_position_differs() const;
    void check_positions() const;
    std::int64_t booked(const Venue& venue, const VenueOrder& truth) const;
    std::string position_in_doubt() const;
    bool is_left_to_people(const oms::Order& order) const;
    const oms::Child* child_of(ChildId id) const;
    const VenueOrder* find_truth(const oms::Child& child) const;
    Truth truth_of(const oms::Order& order) const;
    Truth truth_of(const Client& client, const ClientOrder& order) const;
    void check_turn(const oms::Order& order) const;
    void agree(const Client& client, const ClientOrder& order) const;

    Surroundings& world_;
    const Alarms& alarms_;
    std::vector<std::unique_ptr<Client>>& clients_;
    std::vector<std::unique_ptr<Venue>>& venues_;
    const Process* process_ = nullptr;
};

}  // namespace penstock::sim
