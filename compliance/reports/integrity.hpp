#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compliance/reports/records.hpp"
#include "compliance/reports/summaries.hpp"
#include "oms/ports/journal.hpp"

namespace penstock::reports {

/// What can be said of a journal by who reads it once: is it whole, in order, and numbered without gaps?
/// Bytes and hash chains are checked by the reader of the journal itself, the audit by penstock-verify.
class Integrity {
  public:
    void see(const oms::Record& record);
    /// `problem`: what the reader found wrong.
    std::vector<IntegrityCheck> checks(const std::optional<std::string>& problem,
                                       const Records::Wholeness& wholeness) const;

  private:
    struct Numbers {
        std::uint32_t last_in = 0;
        std::uint32_t last_out = 0;
        std::uint64_t steps_back = 0;
    };
    std::uint64_t first_ = 0;
    std::uint64_t last_ = 0;
    std::uint64_t gaps_ = 0;
    std::uint64_t steps_back_ = 0;  // of time
    std::uint64_t outputs_ = 0;
    std::uint64_t raw_ = 0;
    std::int64_t last_time_ = 0;
    std::map<std::uint32_t, Numbers> sessions_;
};

}  // namespace penstock::reports
