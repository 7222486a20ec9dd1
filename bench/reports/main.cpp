// What an export costs: a million order events as reports of several formats, beside a plain synced write of
// the same bytes and their SHA-256 in the same round, and beside reading the journal and folding it into
// rows.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "bench/support/clock.hpp"
#include "bench/support/rounds.hpp"
#include "bench/support/summary.hpp"
#include "compliance/reports/export.hpp"
#include "compliance/tlog/crypto.hpp"
#include "oms/engine/core.hpp"

namespace penstock::bench {
namespace {

constexpr std::uint64_t kEvents = 1'000'000;
constexpr std::uint64_t kQuickEvents = 70'000;
constexpr std::uint64_t kEventsOfOrder = 7;  // new, route, sent; accepted, told; filled, told
constexpr int kRounds = 3;

void must(bool is_good, const std::string& what) {
    if (is_good) return;
    std::fprintf(stderr, "bench_reports: INVALID: %s\n", what.c_str());
    std::exit(1);
}

persistence::JournalSettings settings(const std::filesystem::path& folder) {
    persistence::JournalSettings made;
    made.directory = folder;
    made.durability = persistence::Durability::Process;
    return made;
}

/// A journal of orders that live and are filled, by the core itself.
class JournalMaker {
  public:
    JournalMaker(const std::filesystem::path& folder, std::uint64_t orders)
        : core_({.orders = static_cast<std::uint32_t>(orders + 1),
                 .requests = 16,
                 .fills = static_cast<std::uint32_t>(orders + 1),
                 .refusals = 16}) {
        auto opened = persistence::SegmentJournal::open(settings(folder));
        must(opened.journal != nullptr, opened.error.text);
        journal_ = std::move(opened.journal);
        must(!journal_->recover([](const oms::Record&) { return true; }).error, "recover");
        define();
        for (std::uint64_t i = 1; i <= orders; ++i) live(i);
        journal_->flush();
        journal_->close();
    }

  private:
    void define() {
        oms::DefineSession client;
        client.name = SessionName::truncated("FIX.4.4:PENSTOCK->CLIENT1");
        oms::DefineSession venue;
        venue.name = SessionName::truncated("FIX.4.4:PENSTOCK->VENUE1");
        venue.role = oms::SessionRole::Venue;
        feed(client);
        feed(venue);
        feed(oms::DefineVenue{VenueName::truncated("X"), venue.name});
        feed(oms::DefineInstrument{symbol_, VenueName::truncated("X")});
        feed(oms::DefineAccount{account_});
        feed(oms::PermitAccount{client.name, account_});
        feed(oms::SetLimits{account_, Quantity::whole(1000), Price::whole(1'000'000), Decimal::whole(10)});
        feed(oms::SessionChanged{SessionId{2}, true});
    }
    void live(std::uint64_t i) {
        if (i % 1000 == 1)
            feed(oms::QuoteChanged{
                VenueId{1}, symbol_, Price::whole(99), Price::whole(101), Price::whole(100)});
        oms::NewOrder order;
        order.session = SessionId{1};
        order.cl_ord_id = ClOrdId::truncated("order-" + std::to_string(i));
        order.account = account_;
        order.symbol = symbol_;
        order.quantity = Quantity::whole(100);
        order.limit = Price::whole(100);
        feed(order, raw_of(order.cl_ord_id.view()));
        oms::VenueReport report;
        report.venue = VenueId{1};
        report.child = ChildId{i};
        report.venue_order_id = VenueOrderId::truncated("V" + std::to_string(i));
        report.exec_id = VenueExecId::truncated("A" + std::to_string(i));
        feed(oms::VenueAccepted{report}, raw_of("accepted"));
        report.exec_id = VenueExecId::truncated("E" + std::to_string(i));
        feed(oms::VenueFilled{report, Quantity::whole(100), Price::whole(100)}, raw_of("filled"));
    }
    static std::string raw_of(std::string_view id) {
        return "8=FIX.4.4\x01"
               "9=150\x01"
               "35=D\x01"
               "34=1\x01"
               "49=CLIENT1\x01"
               "56=PENSTOCK\x01"
               "52=20261127-14:03:07.123\x01"
               "11=" +
               std::string(id) +
               "\x01"
               "1=ACC\x01"
               "55=XYZ\x01"
               "54=1\x01"
               "38=100\x01"
               "40=2\x01"
               "44=100\x01"
               "59=0\x01"
               "60=20261127-14:03:07.123\x01"
               "10=000\x01";
    }
    void feed(const oms::InputBody& body, const std::string& raw = {}) {
        now_.ns += 1000;
        const oms::Input input{Seq{++seq_}, now_, {}, body};
        out_.clear();
        core_.step(input, out_);
        journal_->append({input, out_.view(), {}, raw});
        journal_->flush();
    }

    oms::Core core_;
    std::unique_ptr<persistence::SegmentJournal> journal_;
    oms::Outbox out_;
    std::uint64_t seq_ = 0;
    Timestamp now_{1'795'788'187'000'000'000};
    Symbol symbol_ = Symbol::truncated("XYZ");
    AccountName account_ = AccountName::truncated("ACC");
};

double seconds_since(std::int64_t start) { return static_cast<double>(now_ns() - start) / 1e9; }

/// The same bytes, written in large pieces and synced: what an export can cost at least.
double plain_write(const std::filesystem::path& file, const std::string& bytes) {
    const std::int64_t start = now_ns();
    const int descriptor = ::open(file.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
    std::size_t at = 0;
    while (at < bytes.size()) {
        const ssize_t done =
            ::write(descriptor, bytes.data() + at, std::min<std::size_t>(bytes.size() - at, 1 << 20));
        must(done > 0, "write");
        at += static_cast<std::size_t>(done);
    }
    must(::fsync(descriptor) == 0 && ::close(descriptor) == 0, "sync");
    return seconds_since(start);
}

class Nothing final : public history::Rows {};

class Bench {
  public:
    explicit Bench(std::uint64_t events)
        : folder_(std::filesystem::current_path() / ("bench_reports." + std::to_string(::getpid()))),
          events_(events / kEventsOfOrder * kEventsOfOrder) {
        std::filesystem::create_directories(folder_);
        JournalMaker(folder_ / "journal", events / kEventsOfOrder);
    }
    ~Bench() { std::filesystem::remove_all(folder_); }

    void round() {
        note("read the journal", read(nullptr), 0, 0);
        Nothing nothing;
        note("... and fold it into rows", read(&nothing), 0, 0);
        for (const auto& [report, format] :
             {std::pair{"order-life", "csv"}, std::pair{"order-life", "jsonl"},
              std::pair{"order-life", "html"}, std::pair{"order-life", "xlsx"}, std::pair{"rts24", "csv"},
              std::pair{"cat", "jsonl"}})
            if (std::string_view(format) != "xlsx" || !figures_.contains("order-life xlsx"))
                export_one(report, format);  // a workbook takes long: one round
    }
    void print() const {
        Table table(
            {"what", "rows", "MB", "seconds", "rows a second", "times a plain write", "times SHA-256"});
        for (const std::string& name : order_) {
            const Figures& figures = figures_.at(name);
            const Summary seconds = summarize(figures.seconds);
            const bool has_file = !figures.writes.empty();
            table.add({name, std::to_string(figures.rows), has_file ? to_text(figures.megabytes, 0) : "",
                       to_text(seconds, 2), to_text(static_cast<double>(figures.rows) / seconds.median, 0),
                       has_file ? to_text(summarize(figures.writes), 1) : "",
                       has_file ? to_text(summarize(figures.hashes), 1) : ""});
        }
        table.print();
    }

  private:
    struct Figures {
        std::uint64_t rows = 0;
        double megabytes = 0;
        std::vector<double> seconds;
        std::vector<double> writes;
        std::vector<double> hashes;
    };

    double read(history::Rows* rows) {
        const std::int64_t start = now_ns();
        persistence::JournalReader reader;
        must(!reader.open(settings(folder_ / "journal")), "open");
        history::OrderEvents events({});
        persistence::OffsetIndex index;
        must(!reader.read(nullptr, index,
                          [&](const oms::Record& record) {
                              if (rows != nullptr) events.fold(record, *rows);
                              return true;
                          }),
             "read");
        return seconds_since(start);
    }

    void export_one(const std::string& report, const std::string& format) {
        static const auto tables = reports::Tables::built_in();
        reports::Request request;
        request.report = report;
        request.format = format;
        request.file = folder_ / ("out." + format);
        request.reason = "bench";
        const std::int64_t start = now_ns();
        const auto done = reports::export_report(
            std::get<reports::Tables>(tables), request, {}, settings(folder_ / "journal"),
            [](std::uint64_t, std::uint64_t) { return true; });
        const double seconds = seconds_since(start);
        must(!done.problem, done.problem.value_or(""));
        if (report == "order-life") must(done.totals.rows == events_, "rows are missing");
        std::ifstream in(request.file, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        std::filesystem::remove(request.file);
        std::filesystem::remove(request.file.string() + ".manifest.json");
        const double write = plain_write(folder_ / "plain", bytes);
        const std::int64_t hash_start = now_ns();
        must(compliance::sha256(bytes) != compliance::Hash{}, "hash");
        const double hash = seconds_since(hash_start);
        Figures& figures = note(report + " " + format, seconds, seconds / write, seconds / hash);
        figures.rows = done.totals.rows;
        figures.megabytes = static_cast<double>(bytes.size()) / 1e6;
    }

    Figures& note(const std::string& name, double seconds, double writes, double hashes) {
        if (!figures_.contains(name)) order_.push_back(name);
        Figures& figures = figures_[name];
        figures.rows = events_;
        figures.seconds.push_back(seconds);
        if (writes > 0) figures.writes.push_back(writes);
        if (hashes > 0) figures.hashes.push_back(hashes);
        return figures;
    }

    std::filesystem::path folder_;
    std::uint64_t events_;
    std::map<std::string, Figures> figures_;
    std::vector<std::string> order_;
};

}  // namespace
}  // namespace penstock::bench

int main(int argc, char** argv) {
    using namespace penstock::bench;
    const int asked = rounds_of(argc, argv, "bench_reports");
    const bool is_quick = argc > 1 && std::string_view(argv[1]) == "--quick";
    Bench bench(is_quick ? kQuickEvents : kEvents);
    for (int round = 0; round < std::min(asked, kRounds); ++round) bench.round();
    bench.print();
    return 0;
}
