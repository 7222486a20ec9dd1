#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "compliance/reports/records.hpp"
#include "compliance/reports/runner.hpp"

namespace penstock::reports {

/// What is to be exported, by whom and why.
struct Request {
    std::string report;
    std::string format;
    std::filesystem::path file;
    Timestamp from;
    Timestamp to{std::numeric_limits<std::int64_t>::max()};
    std::string order;  // OrderID(37) of ours, a ClOrdID(11), or a venue's OrderID; empty: all
    std::string reason;
    std::string by;
    std::string software;
    Timestamp now;
    std::filesystem::path audit;  // its folder; need not exist
};

struct Exported {
    std::optional<Problem> problem;  // then there is no file
    bool lacks_records = false;      // the problem: not all of them can be read
    Heading heading;
    Totals totals;
    std::string sha256;  // of the file, as 64 hexadecimal digits
    std::uint64_t bytes = 0;
};

/// Called now and then with the newest record that was read and the last there is; false: give up.
using Progress = std::function<bool(std::uint64_t seq, std::uint64_t last)>;

/// Reads records, which it opens, and writes a report of them, and beside it FILE.manifest.json with what the
/// report says of itself. The report is written aside and gets its name when it is whole and synced. A file
/// that exists is not replaced.
Exported export_report(const Tables& tables, const Request& request, const Identities& identities,
                       Records& records, const Progress& progress);
/// The same of a journal.
Exported export_report(const Tables& tables, const Request& request, const Identities& identities,
                       const persistence::JournalSettings& journal, const Progress& progress);

/// The manifest: one JSON object.
std::string manifest_of(const Request& request, const Exported& exported);

/// SHA-256 of a file as hexadecimal digits; nothing when it cannot be read.
std::optional<std::string> sha256_of_file(const std::filesystem::path& file);

}  // namespace penstock::reports
