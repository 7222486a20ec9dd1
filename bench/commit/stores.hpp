#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::bench {

/// Something that makes records durable. One thread.
class Store {
  public:
    virtual ~Store() = default;
    virtual const char* name() const = 0;
    /// Takes so many records, in one transaction where it has such, and returns when they survive a loss of
    /// power.
    virtual void commit(std::uint64_t records) = 0;
};

/// Bytes of a record as the journal encodes it.
std::string_view record_bytes();

/// One write and one sync for all of them, into a file written before: the least there is.
std::unique_ptr<Store> make_raw(const std::filesystem::path& folder);
/// Ours, as penstockd opens it.
std::unique_ptr<Store> make_journal(const std::filesystem::path& folder);
/// A table of records in WAL mode with synchronous = FULL, statements prepared.
std::unique_ptr<Store> make_sqlite(const std::filesystem::path& folder);
/// The same table with synchronous_commit = on; one INSERT of many rows, one answer.
std::unique_ptr<Store> make_postgres(const std::string& connection);

}  // namespace penstock::bench
