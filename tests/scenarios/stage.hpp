#pragma once

#include <deque>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "oms/engine/core.hpp"
#include "oms/ports/journal.hpp"
#include "tests/scenarios/facts.hpp"
#include "tests/scenarios/names.hpp"
#include "tests/scenarios/script.hpp"

namespace penstock::scenarios {

/// The core with a clock that moves only when told, and everything that came out of it so far.
class Stage {
  public:
    explicit Stage(const oms::Capacity& capacity) : capacity_(capacity), core_(capacity) {}

    /// Steps the core, until no work is left. The line is kept with what it caused, for messages.
    void feed(const oms::InputBody& body, const Line& line);
    /// Moves the clock and tells the core so.
    void advance(Duration by, const Line& line);

    /// What the last step caused.
    std::span<const oms::Output> last_outputs() const { return records_.back().outputs; }

    /// The next output to this party that no line has claimed yet; none when there is none.
    const Facts* next(const std::string& party) const;
    void claim(const std::string& party);
    /// The first output left over, or none. Decisions need not be claimed.
    const Facts* unclaimed() const;

    /// Runs all inputs through a fresh core. What differs, or nothing.
    std::string replay_difference() const;

    /// Everything that went in and out so far, one line each.
    std::string transcript() const;

    const oms::Core& core() const { return core_; }
    Timestamp now() const { return now_; }
    Names& names() { return names_; }
    const Names& names() const { return names_; }
    /// Throws Failure when no such session, named like "client A", is defined.
    SessionId session(const std::string& party, const Line& line) const;

  private:
    void step(const oms::InputBody& body, const Line& line);

    oms::Capacity capacity_;
    oms::Core core_;
    Names names_;
    Timestamp now_{1'000'000'000'000'000'000};
    std::map<std::string, std::deque<Facts>> waiting_;  // by party
    std::vector<std::string> transcript_;
    std::vector<oms::Record> records_;
};

}  // namespace penstock::scenarios
