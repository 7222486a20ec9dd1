#include "compliance/reports/xlsx_writer.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>

#include "compliance/reports/text.hpp"

namespace penstock::reports {
namespace {

constexpr std::uint32_t kMaxRows = 1'048'576;  // of a sheet
constexpr std::size_t kMaxCell = 32'767;       // characters of a cell; a longer one is cut and says so
constexpr std::string_view kCut = "... [cut]";
constexpr std::ptrdiff_t kExactDigits = 15;  // a spreadsheet's numbers are doubles

/// A spreadsheet rounds numbers with more digits than a double holds; those stay text.
bool is_exact(const std::string& text) {
    return std::ranges::count_if(text, [](char letter) { return '0' <= letter && letter <= '9'; }) <=
           kExactDigits;
}

std::string fitting(std::string text) {
    if (text.size() <= kMaxCell) return text;
    std::size_t end = kMaxCell - kCut.size();
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80) --end;
    return text.substr(0, end) + std::string(kCut);
}

}  // namespace

XlsxWriter::XlsxWriter(const std::filesystem::path& file) : path_(file.string()) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    book_ = workbook_new_opt(path_.c_str(), &options);
}

XlsxWriter::~XlsxWriter() {
    if (book_ != nullptr) workbook_close(book_);
}

void XlsxWriter::begin_sheet() {
    ++sheets_;
    const std::string name = sheets_ == 1 ? "Rows" : "Rows " + std::to_string(sheets_);
    sheet_ = workbook_add_worksheet(book_, name.c_str());
    next_row_ = 0;
    const std::vector<Field>* const fields = report_->fields_for("");
    if (fields == nullptr || sheet_ == nullptr) return;
    std::uint16_t column = 0;
    for (const Field& field : *fields) write(column++, field.name, Type::Name::Text);
    worksheet_freeze_panes(sheet_, 1, 0);
    next_row_ = 1;
}

void XlsxWriter::write(std::uint16_t column, const std::string& text, Type::Name type) {
    if (text.empty() || sheet_ == nullptr) return;
    if (is_numeric(type) && is_exact(text)) {
        double value = 0;  // of a sheet, whose numbers are doubles: at most fifteen digits, so exact
        std::from_chars(text.data(), text.data() + text.size(), value);
        worksheet_write_number(sheet_, next_row_, column, value, nullptr);
        return;
    }
    worksheet_write_string(sheet_, next_row_, column, fitting(visible(text, type)).c_str(), nullptr);
}

void XlsxWriter::begin(const Heading&, const Report& report) {
    report_ = &report;
    if (book_ != nullptr) begin_sheet();
}

void XlsxWriter::row(const std::vector<Field>& fields, const std::vector<std::string>& cells) {
    if (book_ == nullptr) return;
    if (next_row_ == kMaxRows) begin_sheet();
    for (std::size_t i = 0; i < cells.size(); ++i)
        write(static_cast<std::uint16_t>(i), cells[i], fields[i].type.name);
    ++next_row_;
}

void XlsxWriter::write_facts(const Heading& heading, const Totals& totals) {
    sheet_ = workbook_add_worksheet(book_, "Report");
    next_row_ = 0;
    auto lines = lines_of(heading);
    std::ranges::copy(lines_of(totals), std::back_inserter(lines));
    for (const auto& [name, value] : lines) {
        if (value.empty()) continue;
        write(0, name, Type::Name::Text);
        write(1, value, Type::Name::Text);
        ++next_row_;
    }
}

void XlsxWriter::write_exceptions(const Totals& totals) {
    sheet_ = workbook_add_worksheet(book_, "Exceptions");
    next_row_ = 0;
    std::uint16_t column = 0;
    for (const char* name : {"field", "problem", "rows", "first record"})
        write(column++, name, Type::Name::Text);
    for (const Exception& one : totals.exceptions) {
        ++next_row_;
        write(0, one.field, Type::Name::Text);
        write(1, one.problem, Type::Name::Text);
        write(2, std::to_string(one.rows), Type::Name::Number);
        write(3, std::to_string(one.first_seq), Type::Name::Number);
    }
}

std::optional<Problem> XlsxWriter::end(const Heading& heading, const Totals& totals) {
    if (book_ == nullptr) return path_ + ": the workbook cannot be begun";
    write_facts(heading, totals);
    write_exceptions(totals);
    const lxw_error error = workbook_close(book_);
    book_ = nullptr;
    if (error == LXW_NO_ERROR) return std::nullopt;
    return path_ + ": " + lxw_strerror(error);
}

}  // namespace penstock::reports
