#pragma once

#include <limits>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "compliance/reports/summaries.hpp"
#include "compliance/reports/tables.hpp"
#include "compliance/reports/writer.hpp"
#include "persistence/history/order_events.hpp"

namespace penstock::reports {

/// Which rows of the journal a report is about.
struct Filter {
    Timestamp from;
    Timestamp to{std::numeric_limits<std::int64_t>::max()};  // rows before this
    /// Some orders only, and the lists they came in; nothing else then.
    bool is_of_orders = false;
    std::set<OrderId> orders;
    std::set<std::pair<SessionName, ClOrdId>> lists;
};

/// Executes the table of a report: takes the rows of the history, from the first, and writes those of the
/// report.
class Runner final : public history::Rows {
  public:
    Runner(const Report& report, const Filter& filter, const Identities& identities, const FixNames& names,
           Writer& writer)
        : report_(report), filter_(filter), identities_(identities), names_(names), writer_(writer) {}

    void add(const history::OrderEvent& row) override;
    void add(const history::Execution& row) override;
    void put(const history::OrderRow& row) override;
    void add(const history::SessionRow& row) override;
    void add(const history::ActionRow& row) override;
    void add(const IntegrityCheck& row);

    /// What is told at the end: orders as they stand, sums.
    void finish();
    const Totals& totals() const { return totals_; }

  private:
    struct Place {
        Seq seq;
        Timestamp time;
    };
    template <class Row>
    void emit(const Row& row, Facts facts, const Place& place);
    void emit_fields(const std::vector<Field>& fields, const Facts& facts, const Place& place);
    void fill(const Field& field, const Facts& facts, std::string& cell, std::uint64_t seq);
    void except(const Field& field, std::string problem, std::uint64_t seq);
    bool is_in_period(Timestamp time) const { return filter_.from <= time && time < filter_.to; }
    bool concerns(OrderId order, const SessionName& session, const ClOrdId& list) const;
    void remember(const history::OrderEvent& row);
    void sum_up_session(const history::OrderEvent& row);
    void compare_clock(const history::OrderEvent& row);
    Facts facts() const;

    const Report& report_;
    const Filter& filter_;
    const Identities& identities_;
    const FixNames& names_;
    Writer& writer_;
    Totals totals_;
    Timestamp first_time_;
    Timestamp last_time_;
    std::uint64_t other_exceptions_ = 0;
    std::map<std::pair<std::string, std::string>, Exception> exceptions_;
    std::vector<std::string> cells_;
    std::unordered_map<std::uint64_t, OrderFacts> orders_;
    std::map<OrderId, history::OrderRow> as_they_stand_;
    std::map<SessionName, SessionSummary> sessions_;
    std::map<std::string, ClockSummary> clocks_;
    history::OrderEvent said_;  // what the record of an execution was told by
    std::string said_raw_;
};

}  // namespace penstock::reports
