#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "oms/domain/text.hpp"
#include "oms/domain/time.hpp"
#include "persistence/journal/more_segments.hpp"

namespace penstock::persistence {

/// When a record counts as durable, so that what it caused may leave the process.
enum class Durability : std::uint8_t {
    Power,    // on the disk: survives a power failure
    Process,  // in the page cache: survives a crash of the process, not of the machine
};

/// How bytes are forced to the disk in Durability::Power.
enum class SyncMethod : std::uint8_t {
    Measure,    // try both for about 200 ms at the start and take the faster
    Fdatasync,  // pwrite, then fdatasync
    Dsync,      // pwrite to a descriptor opened with O_DSYNC
};

/// Which thread syncs in Durability::Power.
enum class SyncThread : std::uint8_t {
    Writer,  // a thread of the journal: flush() never waits for the disk
    Caller,  // flush() returns when the batch is durable
};

/// Closes a batch when reached; see SegmentJournal::append for what happens at these bounds.
inline constexpr std::size_t kMaxBatchRecords = 256;
inline constexpr std::size_t kMaxBatchBytes = std::size_t{256} << 10U;

struct JournalSettings {
    std::filesystem::path directory;
    /// Which installation this is; a directory made by another instance is refused. Empty, for
    /// somebody who only reads: any.
    FixedText<2> instance = FixedText<2>::truncated("P1");
    /// Size of one segment file. A batch larger than this gets a segment of its own that grows.
    std::uint64_t segment_bytes = std::uint64_t{64} << 20U;
    Durability durability = Durability::Power;
    SyncMethod sync_method = SyncMethod::Measure;
    SyncThread sync_thread = SyncThread::Writer;
    /// How far the watermark in HEAD may lag. In Durability::Process also the longest time that a
    /// written record waits for the disk, which is what a power failure can take.
    Duration watermark_interval = Duration::milliseconds(100);

    /// Where closed segments are that have left the directory; empty: none has. The core's thread only.
    std::shared_ptr<const MoreSegments> more;

    /// Called once, from any thread, with a line for operators when a write or a sync failed.
    /// Empty: the line goes to stderr and the process exits with 70 at once. A function that returns
    /// (tests) leaves a journal that writes nothing more and reports nothing more durable.
    std::function<void(const std::string&)> fail_stop;
    /// Called with lines worth logging: the sync method chosen. Any thread.
    std::function<void(std::string_view)> note;
    /// Called with lines somebody has to look at: a full disk, a torn tail, a file that was put aside. Empty:
    /// `note` gets them. Any thread.
    std::function<void(std::string_view)> trouble;

    void tell_trouble(std::string_view line) const {
        if (trouble) return trouble(line);
        if (note) note(line);
    }
};

}  // namespace penstock::persistence
