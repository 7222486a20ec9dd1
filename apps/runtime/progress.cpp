#include "apps/runtime/progress.hpp"

#include <algorithm>
#include <string>

namespace penstock::apps {

Progress::Progress(std::uint64_t total, std::function<Timestamp()> now,
                   std::function<void(std::string_view)> note, std::string_view what)
    : total_(total),
      now_(std::move(now)),
      note_(std::move(note)),
      what_(what),
      begun_(now_()),
      told_(begun_) {}

void Progress::look() {
    const Timestamp now = now_();
    if (now - told_ < kInterval) return;
    told_ = now;
    const std::int64_t ms = std::max<std::int64_t>((now - begun_).ns / 1'000'000, 1);
    const std::uint64_t rate = done_ * 1'000 / static_cast<std::uint64_t>(ms);
    const std::uint64_t left = total_ > done_ ? total_ - done_ : 0;
    note_(std::string(what_) + ": " + std::to_string(done_) + " of " +
          std::to_string(std::max(total_, done_)) + " records, " + std::to_string(rate) + " records/s, " +
          std::to_string(rate == 0 ? 0 : (left + rate - 1) / rate) + " s left");
}

}  // namespace penstock::apps
