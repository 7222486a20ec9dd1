#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace penstock::persistence {

/// Where records lie: for each segment the offset of every 64th record, which is one bit of memory for
/// each record. The core's thread only.
class OffsetIndex {
  public:
    static constexpr std::uint64_t kStep = 64;

    /// Somewhere at or before a record; walk forward from there.
    struct Place {
        std::uint64_t segment = 0;  // first seq; 0: nowhere
        std::uint64_t offset = 0;
    };

    void enter_segment(std::uint64_t first_seq) { segments_.push_back({first_seq, {}}); }
    /// Called for every record, in order.
    void add(std::uint64_t seq, std::uint64_t offset) {
        Entry& entry = segments_.back();
        if ((seq - entry.first_seq) % kStep == 0) entry.offsets.push_back(offset);
    }
    Place find(std::uint64_t seq) const {
        const auto after =
            std::upper_bound(segments_.begin(), segments_.end(), seq,
                             [](std::uint64_t wanted, const Entry& e) { return wanted < e.first_seq; });
        if (after == segments_.begin()) return {};
        const Entry& entry = *(after - 1);
        const std::uint64_t index = (seq - entry.first_seq) / kStep;
        if (index >= entry.offsets.size()) return {};
        return {entry.first_seq, entry.offsets[index]};
    }
    std::size_t segments() const { return segments_.size(); }

    /// As numbers, to be kept elsewhere: for each segment its first seq, how many offsets, and these.
    std::vector<std::uint64_t> numbers() const {
        std::vector<std::uint64_t> all;
        for (const Entry& entry : segments_) {
            all.push_back(entry.first_seq);
            all.push_back(entry.offsets.size());
            all.insert(all.end(), entry.offsets.begin(), entry.offsets.end());
        }
        return all;
    }
    /// False when these are no numbers of an index.
    bool take(std::span<const std::uint64_t> all) {
        segments_.clear();
        while (!all.empty()) {
            if (all.size() < 2 || all[1] > all.size() - 2) return false;
            const auto offsets = all.subspan(2, all[1]);
            segments_.push_back({all[0], {offsets.begin(), offsets.end()}});
            all = all.subspan(2 + offsets.size());
        }
        return true;
    }

  private:
    struct Entry {
        std::uint64_t first_seq;
        std::vector<std::uint64_t> offsets;
    };
    std::vector<Entry> segments_;
};

}  // namespace penstock::persistence
