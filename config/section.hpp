#pragma once

#include <concepts>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/findings.hpp"
#include "config/tree.hpp"
#include "oms/domain/decimal.hpp"
#include "oms/domain/time.hpp"

namespace penstock::config {

/// The least and the greatest value allowed.
struct Bounds {
    std::int64_t low = 0;
    std::int64_t high = 0;
};
inline constexpr Bounds kPort{1, 65535};
inline constexpr Bounds kSeconds{1, 86'400};

/// One table of a file, read key by key. A key that is asked for is thereby known; `finish` reports
/// the others. A key that is absent leaves what is there: defaults stay in the rooms' settings.
class Section {
  public:
    /// `path`: how problems name the table, such as "fix.session". The table and the findings outlive it.
    Section(const Value& table, std::string file, std::string path, Findings& findings)
        : table_(&table), file_(std::move(file)), path_(std::move(path)), findings_(&findings) {}

    bool has(std::string_view key);
    void read(std::string_view key, std::string& out);
    void read(std::string_view key, bool& out);
    void read(std::string_view key, std::vector<std::string>& out);
    template <std::integral Number>
    void read(std::string_view key, Number& out, Bounds bounds) {
        if (const auto number = integer(key, bounds)) out = static_cast<Number>(*number);
    }
    void read_seconds(std::string_view key, Duration& out, Bounds bounds = kSeconds);
    void read_milliseconds(std::string_view key, Duration& out, Bounds bounds);
    /// Text that must be there and not be empty.
    void require(std::string_view key, std::string& out, std::string_view example);
    void require_port(std::string_view key, std::uint16_t& out);
    /// An exact decimal above zero: text, or a whole number.
    std::optional<Decimal> decimal(std::string_view key);
    /// Which of the words, by index.
    std::optional<std::size_t> choice(std::string_view key, const std::vector<std::string>& words);

    std::optional<Section> table(std::string_view key);
    /// The tables of [[key]].
    std::vector<Section> tables(std::string_view key);

    /// Of the key, or of the table when the key is absent.
    Place place(std::string_view key = {}) const;
    std::string path_of(std::string_view key) const;
    std::filesystem::path folder() const { return std::filesystem::path(file_).parent_path(); }
    Findings& findings() { return *findings_; }
    void problem(std::string_view key, std::string text);
    void warning(std::string_view key, std::string text);
    /// A key of this table that has advice of its own when somebody uses it.
    void refuse(std::string_view key, std::string advice);
    /// Reports the keys nobody asked for.
    void finish();

  private:
    const Value* find(std::string_view key) const;
    const Value* ask(std::string_view key);
    /// The value when it is of this kind; a problem when it is of another.
    const Value* ask(std::string_view key, Value::Kind kind, std::string_view expected);
    std::optional<std::int64_t> integer(std::string_view key, Bounds bounds);

    const Value* table_;
    std::string file_;
    std::string path_;
    Findings* findings_;
    std::vector<std::string> known_;
};

/// "a whole number", "a table", ...
std::string_view kind_name(Value::Kind kind);

}  // namespace penstock::config
