#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "bench/relay/child.hpp"
#include "bench/relay/systems.hpp"

namespace penstock::bench {

/// What a Penstock under test with an audit needs besides itself: a key, the [audit] section, and a witness
/// if it has one. The witness is a process on the system's core at the lowest priority, because it would be
/// another machine's in earnest, and there is no core left for it here. Lives longer than the system.
class Auditing {
  public:
    /// Nothing at all for a system without an audit. `place.directory` must be there.
    Auditing(const System& system, const Place& place);

    /// The lines of penstock.toml; empty: no audit.
    const std::string& section() const { return section_; }
    const std::string& problem() const { return problem_; }

  private:
    void start_witness(const Place& place, const std::string& log_vkey);

    std::string section_;
    std::string problem_;
    std::optional<Child> witness_;
};

/// Records under the newest checkpoint of the audit in `place`; 0: there is none.
std::uint64_t audited_records(const Place& place);

}  // namespace penstock::bench
