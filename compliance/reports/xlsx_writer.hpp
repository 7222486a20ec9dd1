#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "compliance/reports/writer.hpp"

struct lxw_workbook;
struct lxw_worksheet;

namespace penstock::reports {

/// A workbook: sheet "Rows" (and "Rows 2" ... beyond 1,048,575 rows each), then "Report" with what the report
/// says of itself, and "Exceptions". A row is written out as soon as the next begins, so memory stays flat.
class XlsxWriter final : public Writer {
  public:
    explicit XlsxWriter(const std::filesystem::path& file);
    ~XlsxWriter() override;
    XlsxWriter(const XlsxWriter&) = delete;
    XlsxWriter& operator=(const XlsxWriter&) = delete;

    void begin(const Heading& heading, const Report& report) override;
    void row(const std::vector<Field>& fields, const std::vector<std::string>& cells) override;
    std::optional<Problem> end(const Heading& heading, const Totals& totals) override;

  private:
    void begin_sheet();
    void write(std::uint16_t column, const std::string& text, Type::Name type);
    void write_facts(const Heading& heading, const Totals& totals);
    void write_exceptions(const Totals& totals);

    std::string path_;
    lxw_workbook* book_ = nullptr;
    lxw_worksheet* sheet_ = nullptr;
    const Report* report_ = nullptr;
    std::uint32_t next_row_ = 0;
    int sheets_ = 0;
};

}  // namespace penstock::reports
