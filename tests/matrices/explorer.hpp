#pragma once

#include <map>
#include <string>
#include <unordered_map>

#include "oms/engine/core.hpp"
#include "tests/matrices/model_venue.hpp"

namespace penstock::matrices {

/// What the client can know, kept by rules of its own: what every report must say is computed here and not
/// asked of the core.
class Observer {
  public:
    explicit Observer(const Scenario& scenario) : is_gtc_(scenario.is_gtc) {}

    void sent(char kind, const std::string& cl_ord_id);
    void sees(const oms::Output& output);
    /// At the end: every request has exactly one answer, and the numbers are the venue's.
    void check_end(const ModelVenue& venue);

    /// OrigClOrdID of the next request: the last id that was not refused.
    const std::string& last_id() const { return chain_.back(); }
    const std::string& problem() const { return problem_; }
    Quantity filled() const { return filled_; }
    std::string key() const;

  private:
    struct Asked {
        char kind = 'D';
        bool is_pending = false;  // the client was told so
        int answers = 0;
    };

    void sees_report(const oms::ExecutionReport& report);
    void books(const oms::ExecutionReport& report);
    void answered(const std::string& cl_ord_id);
    char expected_status() const;
    bool has_pending(char kind) const;
    void fail(const std::string& what) {
        if (problem_.empty()) problem_ = what;
    }

    bool is_gtc_;
    std::map<std::string, Asked> asked_;
    std::vector<std::string> chain_;
    std::map<std::uint64_t, Quantity> executions_;  // by our ExecID
    Quantity quantity_;
    Quantity filled_;
    char ended_ = '\0';  // OrdStatus(39) of its end
    bool is_acknowledged_ = false;
    bool is_done_for_day_ = false;
    bool is_suspended_ = false;
    bool is_stopped_ = false;
    std::string problem_;
};

/// Walks every order in which the messages of one story can arrive. Situations that are alike in all that
/// decides what follows are walked once and counted as often as they are reached.
class Explorer {
  public:
    explicit Explorer(const Story& story) : story_(story) {}

    /// How many interleavings there are; as a sum of paths, so it may be large.
    unsigned long long explore();
    /// The first interleaving that broke a rule, in words; empty when none did.
    const std::string& failure() const { return failure_; }
    std::size_t situations() const { return paths_.size(); }

  private:
    /// One moment: rebuilt from the choices that led to it, because a core cannot be copied.
    struct Moment;
    unsigned long long walk(const std::string& choices);

    const Story& story_;
    std::unordered_map<std::string, unsigned long long> paths_;
    std::string failure_;
};

}  // namespace penstock::matrices
