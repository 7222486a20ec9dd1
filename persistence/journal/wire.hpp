#pragma once

#include <cstddef>
#include <string_view>

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

}  // namespace penstock::persistence
