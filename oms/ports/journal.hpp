#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "oms/domain/input.hpp"
#include "oms/domain/output.hpp"

namespace penstock::oms {

/// The MsgSeqNum(34) an output was given on one FIX session. An output has several when drop copy
/// sessions receive it too.
struct WireNumber {
    std::uint32_t output = 0;  // index into the record's outputs
    SessionId session;
    std::uint32_t msg_seq_num = 0;
    /// Of the message as it was sent, in the record's `sent`, where those of all numbers lie one after the
    /// other. Zero: it was not sent then, or is not kept.
    std::uint32_t bytes = 0;

    friend bool operator==(const WireNumber&, const WireNumber&) = default;
};

/// One journal record: an input, everything it caused, and the bytes it came in as.
struct RecordView {
    const Input& input;
    std::span<const Output> outputs;
    std::span<const WireNumber> numbers;
    std::string_view raw;        // the message as received, credentials redacted; empty when there was none
    std::string_view sent = {};  // the messages of `numbers`
    std::string_view session_sent =
        {};  // session messages sent, and messages sent again; credentials redacted
};

struct Record {
    Input input;
    std::vector<Output> outputs;
    std::vector<WireNumber> numbers;
    std::string raw;
    std::string sent;
    std::string session_sent;
};

/// A record on its way through a replay: what it caused lies as it was stored, and is compared without being
/// decoded. Lives until the next record.
class StoredRecord {
  public:
    virtual ~StoredRecord() = default;
    virtual const Input& input() const = 0;
    virtual std::span<const WireNumber> numbers() const = 0;
    /// Is this what the input caused?
    virtual bool caused(std::span<const Output> outputs) = 0;
    /// Everything, decoded. Nothing when the stored bytes are no record.
    virtual const Record* whole() = 0;
};

template <class F>
concept VisitsWhole = std::is_invocable_r_v<bool, F, const Record&>;
template <class F>
concept VisitsStored = std::is_invocable_r_v<bool, F, StoredRecord&>;

/// Is shown every record in order of seq, whole or as stored, and returns false for no more.
class Visit {
  public:
    Visit() = default;  // looks at none
    template <VisitsWhole F>
    Visit(F visit) : whole_(std::move(visit)) {}
    template <VisitsStored F>
    Visit(F visit) : stored_(std::move(visit)) {}
    /// Besides, `expect` is told of each input some records before its turn, while there is other work to do.
    /// It may be told of inputs that are then not shown.
    template <VisitsStored F, class Expect>
    Visit(F visit, Expect expect) : stored_(std::move(visit)), expect_(std::move(expect)) {}

    bool wants_whole() const { return static_cast<bool>(whole_); }
    /// `record.whole()` is there when wants_whole().
    bool operator()(StoredRecord& record) const {
        if (whole_) return whole_(*record.whole());
        return !stored_ || stored_(record);
    }
    void expect(const Input& input) const {
        if (expect_) expect_(input);
    }

  private:
    std::function<bool(const Record&)> whole_;
    std::function<bool(StoredRecord&)> stored_;
    std::function<void(const Input&)> expect_;
};

/// Room for records to come.
struct JournalRoom {
    bool is_nearly_full = false;
    std::uint32_t ready = 0;   // segments that are prepared
    std::uint32_t wanted = 0;  // segments that should be
};

/// The truth. Append-only; called from the core's thread only. Any write or sync error stops the
/// process (exit 70): the kernel reports a failed sync only once, so there is nothing to retry.
class Journal {
  public:
    virtual ~Journal() = default;
    /// Adds a record to the open batch. `record.input.seq` must be the last one plus one.
    virtual void append(const RecordView& record) = 0;
    /// Hands the open batch to the disk. Returns at once when the disk is still busy with the last.
    virtual void flush() = 0;
    /// Everything up to here may leave the process.
    virtual Seq durable() const = 0;
    /// Asked before every input. A journal without bounds always has room.
    virtual JournalRoom room() const { return {}; }
    /// Reads one record back, durable or not. Fault::NotFound, Fault::Corrupt.
    virtual Result<Record> read(Seq seq) = 0;
};

}  // namespace penstock::oms
