#pragma once

#include <deque>
#include <map>
#include <set>

#include "oms/domain/input.hpp"
#include "oms/domain/output.hpp"

namespace penstock::oms {

/// A venue that takes requests and answers them in turn, each when it is told to, so that a test decides in
/// what order things cross. Its connection may be lost with everything on the way to it; what it says
/// arrives.
class ModelVenue {
  public:
    explicit ModelVenue(VenueId id) : id_(id) {}

    VenueId id() const { return id_; }
    /// Takes what the core sent to it.
    void send(const Output& output);
    bool has_request() const { return !requests_.empty(); }
    /// Works on the oldest request. `is_kind`: does what it is asked; else refuses.
    void work(bool is_kind);
    bool has_answer() const { return !answers_.empty(); }
    InputBody take_answer();
    /// Fills the nth of the orders that are open, as much of it as there is up to `quantity`. False when none
    /// is.
    bool fill(std::size_t nth, std::int64_t quantity);
    /// The connection is lost.
    void lose_requests() { requests_.clear(); }

  private:
    struct Book {
        std::int64_t quantity = 0;
        std::int64_t filled = 0;
        bool is_open = true;
        std::uint32_t revision = 0;
        std::set<std::uint32_t> received;
    };

    VenueReport report(ChildId child, std::uint32_t revision) const;
    void work_on(const VenueNewOrder& request, bool is_kind);
    void work_on(const VenueAmendOrder& request, bool is_kind);
    void work_on(const VenueCancelOrder& request, bool is_kind);
    void work_on(const VenueStatusRequest& request, bool is_kind);

    VenueId id_;
    std::map<ChildId, Book> books_;
    std::deque<Output> requests_;
    std::deque<InputBody> answers_;
    int last_exec_id_ = 0;
};

}  // namespace penstock::oms
