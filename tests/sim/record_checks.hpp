#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "oms/ports/journal.hpp"
#include "tests/sim/alarms.hpp"
#include "tests/sim/surroundings.hpp"

namespace penstock::sim {

/// What must hold of the journal and of what leaves the process (I1, I5, I7, I8). Keeps books of its own
/// across the lives of the process.
class RecordChecks {
  public:
    explicit RecordChecks(Surroundings& world) : world_(world) {}

    // While the process lives.
    /// What a new record caused.
    void caused(std::span<const oms::Output> outputs);
    /// A message for `link` leaves. `record` caused it; `on_disk` is what the disk really has.
    void leaves(std::size_t link, std::uint32_t number, Seq record, Seq on_disk);
    /// The state's hash when this record was the newest.
    void hashed(Seq seq, std::uint64_t hash) { hashes_[seq.value] = hash; }
    /// The process ended; this is what it had journalled, and how much of it was on the disk.
    void died(const std::vector<std::string>& payloads, Seq on_disk);

    // While it recovers.
    void recovered(const std::vector<std::string>& payloads, std::uint64_t epoch);
    /// The number the session goes on with.
    void resumes(std::size_t link, std::uint32_t next_out);
    void replayed(Seq last, std::uint64_t hash);
    /// One record of the recovered journal, in order.
    void reads(const oms::Record& record);
    const Alarms& alarms() const { return alarms_; }
    void starts_reading() {
        alarms_.clear();
        next_in_.clear();
        next_out_.clear();
    }

  private:
    Surroundings& world_;
    Alarms alarms_;
    std::map<std::uint64_t, std::uint64_t> hashes_;  // by seq
    std::map<std::size_t, std::uint32_t> left_;      // by link: the highest number that left
    std::vector<std::string> before_;                // payloads of the life before
    std::uint64_t durable_before_ = 0;
    std::uint64_t epoch_ = 0;
    std::map<std::uint32_t, std::uint32_t> next_in_;  // by session
    std::map<std::uint32_t, std::uint32_t> next_out_;
};

}  // namespace penstock::sim
