#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "oms/ports/journal.hpp"

namespace penstock::persistence {

// Records as Protobuf, schema spec/proto/journal.proto. The code is our own because it stands on the
// order path and follows the `describe` lists of oms/domain/fields.hpp; a test holds it against
// libprotobuf both ways. Bytes are deterministic: same record, same bytes. Any thread.

/// No encoding of `record` is longer than this.
std::size_t encoded_bound(const oms::RecordView& record);

/// Writes the record and returns one past the end. `out` has room for encoded_bound(record).
/// Nothing is allocated.
char* encode(const oms::RecordView& record, char* out);

/// Reads a record. Unknown fields are skipped, so an older program reads what a newer one wrote.
/// Fault::Corrupt when the bytes are no record; `record` is then unspecified. Reuses the capacity
/// of `record`.
Status decode(std::string_view bytes, oms::Record& record);

/// A record as its bytes, for a replay: what it caused is compared byte for byte with what is caused now.
class RecordBytes final : public oms::StoredRecord {
  public:
    /// Reads everything but the outputs and the bytes of messages. False when the bytes are no record.
    /// `bytes` stay where they are.
    bool take(std::string_view bytes);
    /// Reads everything, for a visitor that wants it whole.
    bool take_whole(std::string_view bytes);

    const oms::Input& input() const override { return record_.input; }
    std::span<const oms::WireNumber> numbers() const override { return record_.numbers; }
    bool caused(std::span<const oms::Output> outputs) override;
    const oms::Record* whole() override;

  private:
    std::string_view bytes_;
    std::string_view outputs_;  // from the first to the last of them
    bool in_one_piece_ = true;  // no: whole, or another program put something between outputs
    bool is_whole_ = false;     // outputs and the bytes of messages are decoded
    oms::Record record_;
    std::vector<char> encoded_;
};

}  // namespace penstock::persistence
