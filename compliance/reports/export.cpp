#include "compliance/reports/export.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

#include "compliance/reports/integrity.hpp"
#include "compliance/reports/text.hpp"
#include "compliance/tlog/base64.hpp"
#include "compliance/tlog/checkpoint.hpp"
#include "compliance/tlog/crypto.hpp"
#include "oms/domain/print.hpp"

namespace penstock::reports {
namespace {

constexpr std::uint64_t kRecordsBetweenProgress = 16'384;
constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

/// Looks for the orders a name stands for, and for the lists they came in.
class FindOrders final : public history::Rows {
  public:
    FindOrders(std::string_view wanted, Filter& filter) : wanted_(wanted), filter_(filter) {
        const auto read = std::from_chars(wanted.data(), wanted.data() + wanted.size(), order_);
        if (read.ptr != wanted.data() + wanted.size()) order_ = 0;
    }
    void add(const history::OrderEvent& row) override {
        if (row.order_id.is_none()) return;
        const bool is_named = row.cl_ord_id.view() == wanted_ || row.client_order.view() == wanted_ ||
                              row.venue_order_id.view() == wanted_ || row.order_id.value == order_;
        if (is_named) filter_.orders.insert(row.order_id);
    }
    void put(const history::OrderRow& row) override {
        if (filter_.orders.contains(row.order_id) && !row.list_id.empty())
            filter_.lists.insert({row.session, row.list_id});
    }

  private:
    std::string_view wanted_;
    std::uint64_t order_ = 0;  // when it is a number
    Filter& filter_;
};

/// Size and root of the newest checkpoint, when there is an audit.
void read_checkpoint(const std::filesystem::path& audit, Heading& heading) {
    std::ifstream in(audit / "checkpoint", std::ios::binary);
    if (!in) return;
    const std::string note{std::istreambuf_iterator<char>(in), {}};
    const auto end = note.find("\n\n");
    const auto checkpoint = compliance::parse_checkpoint(std::string_view(note).substr(0, end + 1));
    if (!checkpoint) return;
    heading.checkpoint_size = std::to_string(checkpoint->head.size);
    heading.checkpoint_root = compliance::to_base64(compliance::view(checkpoint->head.root));
}

Heading heading_of(const Request& request, const Report& report) {
    Heading heading;
    heading.report = report.id;
    heading.version = report.version;
    heading.title = report.title;
    heading.basis = report.basis;
    heading.generated_at = oms::to_text(request.now);
    heading.by = request.by;
    heading.reason = request.reason;
    heading.from = request.from.is_none() ? "the first record" : oms::to_text(request.from);
    heading.to = request.to.ns == kNever ? "the newest record" : oms::to_text(request.to);
    if (!request.order.empty()) heading.filters = "order " + request.order;
    heading.software = request.software;
    read_checkpoint(request.audit, heading);
    return heading;
}

std::optional<Problem> check_request(const Tables& tables, const Request& request) {
    const Report* const report = tables.find(request.report);
    if (report == nullptr) return "there is no report \"" + request.report + "\"; --list names them";
    if (std::ranges::find(report->formats, request.format) == report->formats.end()) {
        std::string formats;
        for (const std::string& one : report->formats) formats += (formats.empty() ? "" : ", ") + one;
        return request.report + " is written as " + formats + ", not as " + request.format;
    }
    if (request.reason.empty()) return "why? --reason TEXT is kept with the export";
    if (request.to <= request.from) return "the period ends before it begins: --to is not after --from";
    std::error_code ignored;
    if (std::filesystem::exists(request.file, ignored))
        return request.file.string() + " exists; name another file, or remove it first";
    return std::nullopt;
}

/// One pass over the records, up to the end of the period.
class Pass {
  public:
    Pass(Records& records, const Progress& progress) : records_(records), progress_(progress) {}

    Records::Wholeness wholeness() const { return records_.wholeness(); }

    std::optional<Problem> run(Timestamp to, history::Rows& rows, Integrity* integrity) {
        history::OrderEvents events(records_.space());
        bool is_given_up = false;
        const auto problem = records_.read([&](const oms::Record& record) {
            const std::uint64_t seq = record.input.seq.value;
            if (seq % kRecordsBetweenProgress == 0) is_given_up = !progress_(seq, records_.last().value);
            if (record.input.time >= to || is_given_up) return false;
            if (integrity != nullptr) integrity->see(record);
            events.fold(record, rows);
            return true;
        });
        if (is_given_up) return "given up";
        is_broken_ = problem.has_value();
        return problem;
    }
    /// The records themselves were the problem.
    bool is_broken() const { return is_broken_; }

  private:
    Records& records_;
    const Progress& progress_;
    bool is_broken_ = false;
};

std::optional<Problem> put_in_place(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code failed;
    std::filesystem::rename(from, to, failed);
    if (failed) return to.string() + ": " + failed.message();
    return std::nullopt;
}

std::optional<Problem> write_manifest(const Request& request, const Exported& exported) {
    const std::string file = request.file.string() + ".manifest.json";
    std::ofstream out(file, std::ios::binary);
    out << manifest_of(request, exported);
    out.close();
    if (!out) return file + ": cannot be written";
    return std::nullopt;
}

/// Reads and writes everything. What went wrong, or nothing; then the report lies at `aside`.
std::optional<Problem> write_report(const Report& report, const Request& request,
                                    const Identities& identities, Pass& pass,
                                    const std::filesystem::path& aside, Exported& exported) {
    Filter filter;
    filter.from = request.from;
    filter.to = request.to;
    if (!request.order.empty()) {
        filter.is_of_orders = true;
        FindOrders find(request.order, filter);
        if (auto problem = pass.run(request.to, find, nullptr)) return problem;
        if (filter.orders.empty()) return "no order is known as " + request.order;
    }
    const auto writer = make_writer(request.format, aside);
    if (writer == nullptr) return "this program cannot write " + request.format;
    const FixNames names(built_in_file("fix50sp2.dict"));
    Runner runner(report, filter, identities, names, *writer);
    Integrity integrity;
    writer->begin(exported.heading, report);
    const auto broken = pass.run(request.to, runner, &integrity);
    // What is wrong with the journal is what this report is about; the others are not written then.
    if (broken && report.kind != RowKind::Check) return broken;
    if (report.kind == RowKind::Check)
        for (const IntegrityCheck& check : integrity.checks(broken, pass.wholeness())) runner.add(check);
    runner.finish();
    exported.totals = runner.totals();
    return writer->end(exported.heading, exported.totals);
}

}  // namespace

std::optional<std::string> sha256_of_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return std::nullopt;
    compliance::Hasher hasher;
    std::vector<char> piece(std::size_t{1} << 20U);
    while (in) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        hasher.add({piece.data(), static_cast<std::size_t>(in.gcount())});
    }
    if (in.bad()) return std::nullopt;
    return to_hex(compliance::view(hasher.finish()));
}

Exported export_report(const Tables& tables, const Request& request, const Identities& identities,
                       Records& records, const Progress& progress) {
    Exported exported;
    exported.problem = check_request(tables, request);
    if (exported.problem) return exported;
    const Report& report = *tables.find(request.report);
    Pass pass(records, progress);
    exported.problem = records.open();
    if (exported.problem) return exported;
    exported.heading = heading_of(request, report);
    exported.heading.journal = records.name();

    const std::filesystem::path aside = request.file.string() + ".part";
    exported.problem = write_report(report, request, identities, pass, aside, exported);
    exported.lacks_records = exported.problem && pass.is_broken();
    if (!exported.problem) {
        const auto hash = sha256_of_file(aside);
        if (hash) exported.sha256 = *hash;
        exported.problem =
            hash ? put_in_place(aside, request.file) : aside.string() + ": cannot be read again";
    }
    std::error_code ignored;
    if (exported.problem) {
        std::filesystem::remove(aside, ignored);
        return exported;
    }
    exported.bytes = std::filesystem::file_size(request.file, ignored);
    exported.problem = write_manifest(request, exported);
    return exported;
}

Exported export_report(const Tables& tables, const Request& request, const Identities& identities,
                       const persistence::JournalSettings& journal, const Progress& progress) {
    JournalRecords records(journal);
    return export_report(tables, request, identities, records, progress);
}

std::string manifest_of(const Request& request, const Exported& exported) {
    std::string out = "{\n";
    const auto add = [&](std::string_view name, std::string_view value, bool is_number) {
        out += "  ";
        append_json(out, name);
        out += ": ";
        if (is_number)
            out += value;
        else
            append_json(out, value);
        out += ",\n";
    };
    add("file", request.file.filename().string(), false);
    add("format", request.format, false);
    add("bytes", std::to_string(exported.bytes), true);
    add("sha256", exported.sha256, false);
    for (const auto& [name, value] : lines_of(exported.heading)) add(name, value, false);
    const Totals& totals = exported.totals;
    add("rows", std::to_string(totals.rows), true);
    add("first_seq", std::to_string(totals.first_seq), true);
    add("last_seq", std::to_string(totals.last_seq), true);
    add("first_time", totals.first_time, false);
    add("last_time", totals.last_time, false);
    out += "  \"exceptions\": [";
    bool is_first = true;
    for (const Exception& one : totals.exceptions) {
        out += is_first ? "\n    {\"field\": " : ",\n    {\"field\": ";
        is_first = false;
        append_json(out, one.field);
        out += ", \"problem\": ";
        append_json(out, one.problem);
        out += ", \"rows\": " + std::to_string(one.rows) +
               ", \"first_seq\": " + std::to_string(one.first_seq) + "}";
    }
    return out + "]\n}\n";
}

}  // namespace penstock::reports
