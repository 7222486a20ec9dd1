#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/sim/random.hpp"

namespace penstock::sim {

/// A directory of files on a disk that may do with unsynced bytes what it likes. What was synced stays.
/// Sectors have 512 bytes; of a write that was not synced each may be old, new, torn at any byte, zeros or
/// garbage, in any order. Bytes beside the write are never touched: the journal's promise needs that too.
class Disk {
  public:
    explicit Disk(Random& random) : random_(random) {}

    /// A new file of zeros, synced.
    void create(const std::string& name, std::size_t size) { files_[name].stable.assign(size, '\0'); }
    void write(const std::string& name, std::size_t offset, std::string_view bytes);
    void sync(const std::string& name);
    /// With a sync of the directory: done or not done.
    void rename(const std::string& from, const std::string& to);

    /// The machine lost power.
    void lose_power();
    /// Only the process died: the page cache keeps what was written.
    enum class LastWrite { IsDone, MayBeUnderWay };
    void lose_process(LastWrite last);

    /// As it is to be found in a real directory, and back. Files called next-* that hold nothing are left
    /// out.
    void save(const std::filesystem::path& directory) const;
    void load(const std::filesystem::path& directory);
    /// A second crash while the journal's repair turned `before` into what is here now: some sectors were
    /// not zeroed yet, or the watermark's block is torn.
    void stop_repair_halfway(const Disk& before);
    /// Flips one bit of a segment that is durable beyond doubt. False when there is none such.
    bool damage(const std::string& name, std::size_t end);

    std::string content(const std::string& name) const;

  private:
    struct Write {
        std::size_t offset = 0;
        std::string bytes;
    };
    struct File {
        std::string stable;
        std::vector<Write> pending;
    };
    static void apply(std::string& content, const Write& write);
    void tear_zeroing(File& file, const std::string& was);
    void tear_watermark(File& head, const std::string& was);
    void apply_by_sector(std::string& content, const Write& write);

    Random& random_;
    std::map<std::string, File> files_;
};

}  // namespace penstock::sim
