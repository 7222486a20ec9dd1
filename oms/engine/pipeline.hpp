#pragma once

#include <vector>

#include "oms/engine/core.hpp"
#include "oms/ports/clock.hpp"
#include "oms/ports/egress.hpp"
#include "oms/ports/inbox.hpp"
#include "oms/ports/journal.hpp"

namespace penstock::oms {

/// The walk of one input: stamped, stepped, staged, journalled; released when durable. Run to
/// completion on one thread; nothing here waits.
///
/// Time in the journal never goes back: while the machine's clock is behind it,
/// because it was set back, it runs at half speed until the clock has caught up. So timeouts and ages
/// stay true within a factor of two. The step is told as an input. Messages leave with the clock's own
/// time as SendingTime(52), so that no peer takes them for inaccurate.
class Pipeline final : public Inbox {
  public:
    Pipeline(Core& core, Journal& journal, Clock& clock) : core_(core), journal_(journal), clock_(clock) {}

    /// Everything staged goes to each of these, in this order. Before the first `accept`.
    void add_egress(Egress& egress) { egresses_.push_back(&egress); }
    /// Continues after the last record of a recovered journal.
    void continue_after(Seq last, Timestamp time);

    Seq accept(const InputBody& body, Origin origin, std::string_view raw) override;
    void catch_up() override;
    Seq accept_session(const InputBody& body, std::string_view raw, std::string_view sent) override;

    /// The end of a loop turn: goes on with work that steps have left, hands the batch to the disk and sends
    /// what is durable. True when something still waits for the disk.
    bool end_turn();
    /// Something waits for a venue's answer: call `accept(TimePassed{})` about once a second.
    bool needs_time() const { return core_.awaits_answers(); }
    Seq last() const { return last_; }

  private:
    void begin();
    void stamp();
    void tell_journal_space();
    void release();
    Seq take(const InputBody& body, Origin origin, std::string_view raw);

    Core& core_;
    Journal& journal_;
    Clock& clock_;
    std::vector<Egress*> egresses_;
    Outbox outbox_;
    Staged staged_;
    std::string_view session_sent_;  // of the input that is being taken
    Input input_;
    Seq last_;
    Seq released_;
    Seq last_slice_;
    Timestamp last_time_;         // of the newest record
    Timestamp clock_read_;        // the machine's clock, when it was last looked at
    Duration set_back_by_;        // not told yet
    bool has_caught_up_ = false;  // since the last input
};

}  // namespace penstock::oms
