#pragma once

#include <cstdio>
#include <filesystem>
#include <string>

#include "compliance/reports/writer.hpp"

namespace penstock::reports {

/// A file that is written in large pieces. Remembers the first thing that went wrong.
class OutFile {
  public:
    explicit OutFile(const std::filesystem::path& path);
    ~OutFile();
    OutFile(const OutFile&) = delete;
    OutFile& operator=(const OutFile&) = delete;

    /// What is to be written next: append to it.
    std::string& buffer() { return buffer_; }
    /// Writes the buffer when it is large enough.
    void spill();
    /// Writes the rest and closes. What went wrong, or nothing.
    std::optional<Problem> close();

  private:
    void write();

    std::string path_;
    std::FILE* file_ = nullptr;
    std::string buffer_;
    std::string problem_;
};

class CsvWriter final : public Writer {
  public:
    explicit CsvWriter(const std::filesystem::path& file) : out_(file) {}
    void begin(const Heading& heading, const Report& report) override;
    void row(const std::vector<Field>& fields, const std::vector<std::string>& cells) override;
    std::optional<Problem> end(const Heading& heading, const Totals& totals) override;

  private:
    OutFile out_;
};

/// One JSON object a line. Numbers whose type is NUMBER or PRICE are JSON numbers; other exact numbers are
/// strings, because many readers would round them. Absent values are left out.
class JsonlWriter final : public Writer {
  public:
    explicit JsonlWriter(const std::filesystem::path& file) : out_(file) {}
    void begin(const Heading& heading, const Report& report) override;
    void row(const std::vector<Field>& fields, const std::vector<std::string>& cells) override;
    std::optional<Problem> end(const Heading& heading, const Totals& totals) override;

  private:
    OutFile out_;
};

/// A page that needs nothing else: to be looked at and printed. The table's head repeats on every sheet.
class HtmlWriter final : public Writer {
  public:
    explicit HtmlWriter(const std::filesystem::path& file) : out_(file) {}
    void begin(const Heading& heading, const Report& report) override;
    void row(const std::vector<Field>& fields, const std::vector<std::string>& cells) override;
    std::optional<Problem> end(const Heading& heading, const Totals& totals) override;

  private:
    OutFile out_;
};

}  // namespace penstock::reports
