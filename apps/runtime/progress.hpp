#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "oms/domain/time.hpp"

namespace penstock::apps {

/// Tells an operator how a long replay gets on: every two seconds how many records of how many, how many a
/// second, and how many seconds are left. A short one says nothing.
class Progress {
  public:
    static constexpr Duration kInterval = Duration::seconds(2);
    /// Records between two looks at the clock.
    static constexpr std::uint64_t kStep = 4096;

    /// `total` may be a few too small: the newest records may not be counted yet.
    /// `what`: the word before it, such as "recovering".
    Progress(std::uint64_t total, std::function<Timestamp()> now, std::function<void(std::string_view)> note,
             std::string_view what = "recovering");
    /// One more record.
    void advance() {
        if (++done_ % kStep == 0) look();
    }

  private:
    void look();

    std::uint64_t total_;
    std::function<Timestamp()> now_;
    std::function<void(std::string_view)> note_;
    std::string_view what_;
    std::uint64_t done_ = 0;
    Timestamp begun_;
    Timestamp told_;
};

}  // namespace penstock::apps
