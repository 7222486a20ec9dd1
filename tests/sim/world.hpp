#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "tests/sim/operator.hpp"
#include "tests/sim/order_checks.hpp"

namespace penstock::sim {

/// One world: a process, its clients, its venues, the network between them, a disk and a clock. First
/// everything goes wrong, then everything heals, and then all must come to rest.
class World {
  public:
    /// `directory`: where the product's recovery finds the disk's files. Made and removed here.
    World(const Plan& plan, const std::filesystem::path& directory, std::size_t traced_events);
    ~World();

    /// Throws Violation when a promise is broken.
    void run();

    const Tally& tally() const { return world_.tally; }
    std::uint64_t digest() const { return world_.digest; }
    const Trace& trace() const { return world_.trace; }

  private:
    void make_parties();
    void start_process();
    void crash();
    void end_process();
    void run_until(Timestamp when);
    void step_checks();
    void turn();

    // What goes on all the time: each puts itself on the agenda again.
    void every_second();
    void keep_connecting(std::size_t link);
    void let_clients_act();
    void let_venues_act();
    void let_prices_move();
    void let_people_look();
    void cut_now_and_then();
    void crash_now_and_then();
    void set_clock_now_and_then();
    void keep_watermark();
    /// About every `s` seconds of trouble; never when zero.
    void plan_fault(std::int64_t s, void (World::*fault)());

    void heal();
    void come_to_rest(const char* when);
    /// Nothing is on its way, or waits to be durable.
    bool is_silent() const;
    void end_orders();
    void check_journal();

    Plan plan_;
    Surroundings world_;
    std::filesystem::path directory_;
    Disk disk_;
    Snapshots snapshots_;
    RecordChecks record_checks_;
    std::vector<std::unique_ptr<Link>> links_;
    std::vector<std::unique_ptr<Client>> clients_;
    std::vector<std::unique_ptr<Venue>> venues_;
    std::unique_ptr<OrderChecks> order_checks_;
    Operator people_;
    std::unique_ptr<Process> process_;
    Timestamp trouble_ends_;
    bool turn_is_planned_ = false;
    /// The process ends as soon as its disk is at work.
    bool crash_is_due_ = false;
};

}  // namespace penstock::sim
