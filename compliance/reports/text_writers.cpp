#include "compliance/reports/text_writers.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "compliance/reports/text.hpp"

namespace penstock::reports {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20U;

void append_table(std::string& out, const std::vector<std::pair<std::string, std::string>>& lines) {
    out += "<table class=\"facts\">\n";
    for (const auto& [name, value] : lines) {
        if (value.empty()) continue;
        out += "<tr><th>";
        append_html(out, name);
        out += "</th><td>";
        append_html(out, visible(value, Type::Name::Text));
        out += "</td></tr>\n";
    }
    out += "</table>\n";
}

constexpr std::string_view kStyle =
    "<style>body{font:11px sans-serif;margin:1.5em}h1{font-size:16px}table{border-collapse:collapse}"
    "th,td{border:1px solid #999;padding:2px 5px;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "th{background:#eee}thead{display:table-header-group}tr{break-inside:avoid}.facts{margin:0 0 1em}"
    ".n{text-align:right}@media print{body{margin:0}}@page{size:landscape}</style>\n";

}  // namespace

OutFile::OutFile(const std::filesystem::path& path) : path_(path.string()) {
    file_ = std::fopen(path.c_str(), "wb");
    if (file_ == nullptr) problem_ = path_ + ": " + std::strerror(errno);
    buffer_.reserve(kPiece + kPiece / 8);
}

OutFile::~OutFile() {
    if (file_ != nullptr) std::fclose(file_);
}

void OutFile::spill() {
    if (buffer_.size() >= kPiece) write();
}

void OutFile::write() {
    if (problem_.empty() && std::fwrite(buffer_.data(), 1, buffer_.size(), file_) != buffer_.size())
        problem_ = path_ + ": " + std::strerror(errno);
    buffer_.clear();
}

std::optional<Problem> OutFile::close() {
    write();
    if (file_ != nullptr) {
        const bool is_synced = std::fflush(file_) == 0 && ::fsync(::fileno(file_)) == 0;
        const int error = errno;
        const bool is_closed = std::fclose(file_) == 0;
        file_ = nullptr;
        if (problem_.empty() && !(is_synced && is_closed)) problem_ = path_ + ": " + std::strerror(error);
    }
    if (problem_.empty()) return std::nullopt;
    return problem_;
}

void CsvWriter::begin(const Heading&, const Report& report) {
    const std::vector<Field>* const fields = report.fields_for("");
    if (fields == nullptr) return;  // they differ by event, and no line names them
    bool is_first = true;
    for (const Field& field : *fields) {
        if (!is_first) out_.buffer() += ',';
        is_first = false;
        append_csv(out_.buffer(), field.name, Type::Name::Text);
    }
    out_.buffer() += "\r\n";
}

void CsvWriter::row(const std::vector<Field>& fields, const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out_.buffer() += ',';
        append_csv(out_.buffer(), cells[i], fields[i].type.name);
    }
    out_.buffer() += "\r\n";
    out_.spill();
}

std::optional<Problem> CsvWriter::end(const Heading&, const Totals&) { return out_.close(); }

void JsonlWriter::begin(const Heading&, const Report&) {}

void JsonlWriter::row(const std::vector<Field>& fields, const std::vector<std::string>& cells) {
    std::string& out = out_.buffer();
    out += '{';
    bool is_first = true;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i].empty()) continue;
        if (!is_first) out += ',';
        is_first = false;
        append_json(out, fields[i].name);
        out += ':';
        using Name = Type::Name;
        const Name type = fields[i].type.name;
        const bool is_bare = type == Name::Number || type == Name::Price || type == Name::Boolean ||
                             type == Name::Object || type == Name::EpochNs;
        if (is_bare)
            out += cells[i];
        else
            append_json(out, cells[i]);
    }
    out += "}\n";
    out_.spill();
}

std::optional<Problem> JsonlWriter::end(const Heading&, const Totals&) { return out_.close(); }

void HtmlWriter::begin(const Heading& heading, const Report& report) {
    std::string& out = out_.buffer();
    out +=
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'\">\n<title>";
    append_html(out, heading.title);
    out += "</title>\n";
    out += kStyle;
    out += "</head><body>\n<h1>";
    append_html(out, heading.title);
    out += "</h1>\n";
    append_table(out, lines_of(heading));
    out += "<table><thead><tr>";
    if (const std::vector<Field>* fields = report.fields_for("")) {
        for (const Field& field : *fields) {
            out += "<th>";
            append_html(out, field.name);
            out += "</th>";
        }
    }
    out += "</tr></thead><tbody>\n";
}

void HtmlWriter::row(const std::vector<Field>& fields, const std::vector<std::string>& cells) {
    std::string& out = out_.buffer();
    out += "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i) {
        out += is_numeric(fields[i].type.name) ? "<td class=\"n\">" : "<td>";
        append_html(out, visible(cells[i], fields[i].type.name));
        out += "</td>";
    }
    out += "</tr>\n";
    out_.spill();
}

std::optional<Problem> HtmlWriter::end(const Heading&, const Totals& totals) {
    std::string& out = out_.buffer();
    out += "</tbody></table>\n<h1>Totals</h1>\n";
    append_table(out, lines_of(totals));
    if (!totals.exceptions.empty()) {
        out +=
            "<h1>Exceptions</h1>\n<table><thead><tr><th>field</th><th>problem</th><th>rows</th>"
            "<th>first record</th></tr></thead><tbody>\n";
        for (const Exception& one : totals.exceptions) {
            out += "<tr><td>";
            append_html(out, one.field);
            out += "</td><td>";
            append_html(out, visible(one.problem, Type::Name::Text));
            out += "</td><td class=\"n\">" + std::to_string(one.rows) + "</td><td class=\"n\">" +
                   std::to_string(one.first_seq) + "</td></tr>\n";
        }
        out += "</tbody></table>\n";
    }
    out += "</body></html>\n";
    return out_.close();
}

}  // namespace penstock::reports
