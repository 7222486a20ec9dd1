#pragma once

#include <deque>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "tests/scenarios/facts.hpp"
#include "tests/scenarios/names.hpp"
#include "tests/scenarios/script.hpp"
#include "tests/scenarios/system.hpp"

namespace penstock::scenarios {

/// The world around a system: a clock that moves only when told, and everything that came out so far.
class Stage {
  public:
    explicit Stage(System& system) : system_(system) {}

    /// Steps the system until it has no work left. The line is kept with what it caused, for messages.
    void feed(const oms::InputBody& body, const Line& line);
    /// Moves the clock and tells the core so.
    void advance(Duration by, const Line& line);

    /// What the last step caused.
    std::span<const oms::Output> last_outputs() const { return last_outputs_; }

    /// The next output to this party that no line has claimed yet; none when there is none.
    const Facts* next(const std::string& party) const;
    void claim(const std::string& party);
    /// The first output left over, or none. Decisions need not be claimed.
    const Facts* unclaimed() const;

    /// Everything that went in and out so far, one line each.
    std::string transcript() const;

    const oms::Core& core() const { return system_.core(); }
    Timestamp now() const { return now_; }
    Names& names() { return names_; }
    const Names& names() const { return names_; }
    /// Throws Failure when no such session, named like "client A", is defined.
    SessionId session(const std::string& party, const Line& line) const;

  private:
    System& system_;
    Names names_;
    Timestamp now_{1'000'000'000'000'000'000};
    std::map<std::string, std::deque<Facts>> waiting_;  // by party
    std::vector<std::string> transcript_;
    std::vector<oms::Output> last_outputs_;
};

}  // namespace penstock::scenarios
