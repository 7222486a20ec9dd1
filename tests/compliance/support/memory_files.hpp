#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "compliance/tlog/files.hpp"

namespace penstock::compliance::test {

/// A folder in memory that dies at a chosen call, and remembers what a disk would have kept.
class MemoryFiles final : public Files {
  public:
    using Tree = std::map<std::string, std::string>;

    /// The call with this number, counted from 0, is cut short: a write leaves the first `torn` bytes,
    /// any other call does nothing. Every later call fails too.
    void die_at(std::uint64_t call, std::size_t torn) {
        die_at_ = call;
        torn_ = torn;
    }
    std::uint64_t calls() const { return calls_; }
    bool is_dead() const { return is_dead_; }

    /// After a crash of the process: everything that was done is there.
    MemoryFiles after_crash() const { return MemoryFiles(now_); }
    /// After a power failure: of the names changed since the last sync, each change is kept or lost as a
    /// bit of `choice` says; of a name that is kept, the bytes may be half there.
    MemoryFiles after_power_failure(std::uint64_t choice) const;
    Tree& tree() { return now_; }

    MemoryFiles() = default;
    explicit MemoryFiles(Tree tree) : now_(tree), durable_(std::move(tree)) {}

    Status lock() override { return Fault::None; }
    Result<std::string> read(const std::string& path) override;
    Status write(const std::string& path, std::string_view bytes) override;
    Status rename(const std::string& from, const std::string& to) override;
    Status remove(const std::string& path) override;
    Status sync() override;
    Result<std::vector<std::string>> list(const std::string& folder) override;

  private:
    bool dies();
    bool is_folder(const std::string& path) const;

    Tree now_;
    Tree durable_;
    std::set<std::string> changed_;
    std::set<std::string> unsynced_;  // names whose bytes are on their way
    std::uint64_t calls_ = 0;
    std::uint64_t die_at_ = std::numeric_limits<std::uint64_t>::max();
    std::size_t torn_ = 0;
    bool is_dead_ = false;
};

}  // namespace penstock::compliance::test
