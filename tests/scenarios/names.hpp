#pragma once

#include <map>
#include <optional>
#include <string>

#include "oms/domain/venue_cl_ord_id.hpp"
#include "oms/engine/core.hpp"

namespace penstock::scenarios {

/// What a client last asked of an order: the defaults of its next amend, cancel and status lines.
struct Terms {
    Symbol symbol;
    oms::Side side = oms::Side::Buy;
    oms::OrderType type = oms::OrderType::Limit;
    Quantity quantity;
    std::optional<Price> limit;
    std::optional<oms::OrderConditions> conditions = std::nullopt;
};

/// The words of a scenario for what the core numbers: requests toward venues go by the ClOrdID of the
/// client's request, executions by the id the venue gave them.
class Names {
  public:
    /// Remembers what these outputs name. Called after each step, while requests are still in flight.
    void learn(const oms::Core& core, const oms::InputBody& cause, std::span<const oms::Output> outputs);

    /// "a1"; the second slice of an iceberg a1 is "a1/2"; the OMS's own requests about a1 are "mass-a1",
    /// "group-a1", "expiry-a1" and "peg-a1", the second of a kind "peg-a1.2"; "?" when never seen.
    std::string of(oms::ChildRequest request) const;
    std::optional<oms::ChildRequest> request(const std::string& label) const;
    std::string of(ExecId id) const;
    std::string of(OrderId id) const;
    /// None when there is none of this name.
    OrderId order(const std::string& label) const;

    void remember(SessionId session, const std::string& cl_ord_id, const Terms& terms);
    Terms terms(SessionId session, const std::string& cl_ord_id) const;
    /// The terms the amend or order with this label asked for.
    Terms terms(const std::string& label) const;

  private:
    /// What a request said to the venue.
    struct Sent {
        Quantity quantity;
        std::optional<Price> limit;
        /// A slice of an iceberg, the price of a peg.
        bool is_other_than_asked = false;
    };
    void learn_request(const oms::Core& core, oms::ChildRequest request, Sent sent);
    void add(const oms::Core& core, SessionId session, const std::string& cl_ord_id,
             oms::ChildRequest request, const Sent& sent);

    std::string own_label(oms::Request::Cause cause, const std::string& order) const;

    std::map<std::string, oms::ChildRequest> requests_;
    std::map<std::pair<std::uint64_t, std::uint32_t>, std::string> labels_;
    std::map<std::uint64_t, std::string> executions_;
    std::map<std::uint64_t, std::string> orders_;
    std::map<std::pair<std::uint32_t, std::string>, Terms> terms_;
    std::map<std::string, Terms> terms_by_label_;
};

}  // namespace penstock::scenarios
