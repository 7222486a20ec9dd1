#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/reports/tables.hpp"

namespace penstock::reports {

/// What a report says of itself before its rows.
struct Heading {
    std::string report;
    std::string version;
    std::string title;
    std::string basis;
    std::string generated_at;  // UTC
    std::string by;
    std::string reason;
    std::string from;  // the period: from this on
    std::string to;    // ... and before this; empty: to the newest record
    std::string filters;
    std::string software;
    std::string journal;          // its uuid
    std::string checkpoint_size;  // of the audit, when there is one
    std::string checkpoint_root;
};

/// Something that keeps a report from being what its rule asks for, and how often.
struct Exception {
    std::string field;
    std::string problem;
    std::uint64_t rows = 0;
    std::uint64_t first_seq = 0;
};
/// Different exceptions that are listed one by one; what is beyond them is counted under "others".
inline constexpr std::size_t kMaxExceptions = 1000;

/// Records that a report names one by one, for those who want each proven.
inline constexpr std::size_t kMaxRecordsNamed = 10'000;

struct Totals {
    std::uint64_t rows = 0;
    std::uint64_t first_seq = 0;  // of the rows
    std::uint64_t last_seq = 0;
    std::string first_time;
    std::string last_time;
    std::vector<Exception> exceptions;
    /// The records its rows come from; those of the first kMaxRecordsNamed, when there are more.
    std::set<std::uint64_t> records;
};

/// Writes rows in one format. Called begin, row for each, end; what went wrong is told by `end` at the
/// latest.
class Writer {
  public:
    virtual ~Writer() = default;
    virtual void begin(const Heading& heading, const Report& report) = 0;
    /// `cells` as many as `fields`, in the format of their types; empty ones are absent.
    virtual void row(const std::vector<Field>& fields, const std::vector<std::string>& cells) = 0;
    virtual std::optional<Problem> end(const Heading& heading, const Totals& totals) = 0;
};

/// "csv", "jsonl", "xlsx" or "html". Null: this program cannot write it.
std::unique_ptr<Writer> make_writer(std::string_view format, const std::filesystem::path& file);

/// A name and a value of the heading or the totals, in the order people read them.
std::vector<std::pair<std::string, std::string>> lines_of(const Heading& heading);
std::vector<std::pair<std::string, std::string>> lines_of(const Totals& totals);

}  // namespace penstock::reports
