#pragma once

#include <cstdint>
#include <vector>

#include "oms/engine/core.hpp"

namespace penstock::bench {

/// How much the core of a measurement may hold: the resting orders, and finished ones until their places
/// are used again, so that a long run is the same at its end as in its middle. Together with a million
/// they stay below 2^20, above which the indexes double.
inline constexpr std::uint32_t kFinishedKept = 40'000;
inline constexpr std::uint32_t kClients = 64;

/// A core with clients, a venue, accounts with limits and fresh prices, driven as the doors would.
class Book {
  public:
    explicit Book(std::uint32_t capacity);

    /// A new order, accepted by the venue. It joins the open ones.
    void open();
    /// Fills the open order at this place completely; the newest one takes its place.
    void fill(std::size_t place);
    /// Asks the venue to cancel each order opened, by a request of its client. Only while none is filled.
    void cancel_each();
    /// All orders of a client (from 0), to the last slice. How many are affected; the longest step so far.
    std::uint32_t mass_cancel(std::uint32_t client, std::int64_t& longest_ns);
    /// One that means none of the open orders.
    std::uint32_t mass_cancel_nothing(std::int64_t& longest_ns);
    std::size_t open_orders() const { return open_.size(); }
    /// Outputs that were not as expected: refusals and alarms.
    std::uint64_t surprises() const { return surprises_; }

  private:
    template <class Body>
    Body& next();
    void step();
    void define();
    std::uint32_t to_its_end(std::int64_t& longest_ns);
    void quote();
    void report_on(ChildId child, oms::VenueReport& report);
    void expect(oms::ExecType type);

    oms::Core core_;
    oms::Outbox out_;
    oms::Input input_;
    std::vector<ChildId> open_;
    std::vector<AccountName> accounts_;
    std::vector<Symbol> symbols_;
    Quantity quantity_ = Quantity::whole(100);
    Price limit_ = *Price::parse("101.25");
    Price bid_ = *Price::parse("101.24");
    Price ask_ = *Price::parse("101.26");
    std::uint64_t orders_ = 0;
    std::uint64_t reports_ = 0;
    std::uint64_t surprises_ = 0;
};

}  // namespace penstock::bench
