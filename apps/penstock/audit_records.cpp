#include "apps/penstock/audit_records.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <thread>

#include "apps/runtime/control_line.hpp"
#include "persistence/journal/reader.hpp"
#include "persistence/journal/segment_names.hpp"

namespace penstock::apps {
namespace {

constexpr auto kPoll = std::chrono::milliseconds(20);
constexpr int kMaxPolls = 100;

/// The last record that is durable, as the penstockd that runs there says; nothing when none does.
std::optional<std::uint64_t> durable_seq(const Where& where) {
    constexpr std::string_view kName = "\"durable\":";
    if (where.state.empty()) return std::nullopt;
    const auto reply = ask_control((where.state / "control.sock").string(), {"status", {}});
    const std::size_t at = reply && reply->is_ok ? reply->text.find(kName) : std::string::npos;
    if (at == std::string::npos) return std::nullopt;
    return std::strtoull(reply->text.c_str() + at + kName.size(), nullptr, 10);
}

/// Others read a journal up to its watermark, which follows what is durable by a tenth of a second. What was
/// answered for before the command began is waited for, so that it is in what the command says.
void await_watermark(const Where& where) {
    const auto durable = durable_seq(where);
    if (!durable) return;
    for (int poll = 0; poll < kMaxPolls; ++poll) {
        persistence::JournalReader reader;
        if (reader.open(where.journal) || reader.last().value >= *durable) return;
        std::this_thread::sleep_for(kPoll);
    }
    std::fprintf(stderr,
                 "penstock: the journal's watermark is not at record %llu yet, the last that is durable: "
                 "what is newer than the last record named is not in here\n",
                 static_cast<unsigned long long>(*durable));
}

}  // namespace

bool is_audit(const Where& where) {
    const std::filesystem::path& folder = where.journal.directory;
    return !std::filesystem::exists(folder / "HEAD") && std::filesystem::exists(folder / "checkpoint");
}

std::unique_ptr<reports::Records> records_of(const Where& where) {
    if (is_audit(where)) return std::make_unique<reports::AuditRecords>(where.journal.directory);
    await_watermark(where);
    return std::make_unique<reports::JournalRecords>(where.journal);
}

std::optional<std::string> why_not_whole(const Where& where) {
    if (is_audit(where)) return std::nullopt;
    const std::filesystem::path& folder = where.journal.directory;
    const auto& archive = where.journal.more;
    std::vector<std::uint64_t> segments = persistence::segments_in(folder);
    if (archive != nullptr) std::ranges::copy(archive->list(), std::back_inserter(segments));
    if (segments.empty()) return std::nullopt;
    const std::uint64_t kept = archive == nullptr ? 1 : archive->first_kept();
    const std::uint64_t first = *std::ranges::min_element(segments);
    if (kept == 1 && first == 1) return std::nullopt;
    std::string why = "a report needs every record from the first. ";
    if (kept > 1)
        why += "Records before " + std::to_string(kept) + " were deleted as retention allows";
    else
        why += "The journal in " + folder.string() + " begins with record " + std::to_string(first) +
               ": name the folder that those before were archived to with --archive (--config knows it)";
    const auto audit = (where.state.empty() ? folder.parent_path() : where.state) / "audit";
    if (std::filesystem::exists(audit / "checkpoint"))
        return why + ". The audit has all records: say --directory " + audit.string() +
               " instead of --config or this --directory (an export from there is not on record: keep its "
               "manifest)";
    return why + ". There is no audit in " + audit.string() +
           ", which would have them; a copy of one (penstock audit copy), or a backup of before, is taken as "
           "--directory too";
}

std::filesystem::path audit_of(const Where& where, const std::string& named) {
    if (!named.empty()) return named;
    return is_audit(where) ? where.journal.directory : where.state / "audit";
}

}  // namespace penstock::apps
