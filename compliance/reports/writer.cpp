#include "compliance/reports/writer.hpp"

#include "compliance/reports/text_writers.hpp"
#include "compliance/reports/xlsx_writer.hpp"

namespace penstock::reports {

std::unique_ptr<Writer> make_writer(std::string_view format, const std::filesystem::path& file) {
    if (format == "csv") return std::make_unique<CsvWriter>(file);
    if (format == "jsonl") return std::make_unique<JsonlWriter>(file);
    if (format == "xlsx") return std::make_unique<XlsxWriter>(file);
    if (format == "html") return std::make_unique<HtmlWriter>(file);
    return nullptr;
}

std::vector<std::pair<std::string, std::string>> lines_of(const Heading& heading) {
    return {{"report", heading.report},
            {"version", heading.version},
            {"title", heading.title},
            {"basis", heading.basis},
            {"generated_at", heading.generated_at},
            {"by", heading.by},
            {"reason", heading.reason},
            {"from", heading.from},
            {"to", heading.to},
            {"filters", heading.filters},
            {"software", heading.software},
            {"journal", heading.journal},
            {"checkpoint_size", heading.checkpoint_size},
            {"checkpoint_root", heading.checkpoint_root}};
}

std::vector<std::pair<std::string, std::string>> lines_of(const Totals& totals) {
    return {{"rows", std::to_string(totals.rows)},
            {"first_seq", std::to_string(totals.first_seq)},
            {"last_seq", std::to_string(totals.last_seq)},
            {"first_time", totals.first_time},
            {"last_time", totals.last_time},
            {"exceptions", std::to_string(totals.exceptions.size())}};
}

}  // namespace penstock::reports
