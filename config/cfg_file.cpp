#include "config/cfg_file.hpp"

#include <set>
#include <sstream>

#include "config/cfg_keys.hpp"
#include "config/values.hpp"

namespace penstock::config {
namespace {

std::string trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n\v\f";
    const auto first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(kBlank) - first + 1));
}

class CfgReader {
  public:
    CfgReader(std::string file, Findings& findings) : file_(std::move(file)), findings_(findings) {}

    void take(const std::string& raw) {
        ++line_;
        const std::string line = trimmed(raw);
        if (line.empty() || line[0] == '#') return;
        if (line[0] == '[' && line.back() == ']')
            return take_section(trimmed(line.substr(1, line.size() - 2)));
        const auto equals = line.find('=');
        if (equals == std::string::npos)
            return warn("", "is neither key=value nor [SESSION]; it is passed over");
        take_value(trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1)));
    }

    std::vector<CfgSection> finish() {
        for (CfgSection& session : sessions_) {
            for (const auto& [key, value] : defaults_.values) session.values.emplace(key, value);
        }
        if (sessions_.empty()) findings_.problem({file_, 0}, "", "has no [SESSION]; expected at least one");
        return std::move(sessions_);
    }

  private:
    enum class Inside { Nothing, Default, Session, Unknown };

    void warn(std::string_view key, std::string text) {
        findings_.warning({file_, line_}, key, std::move(text));
    }

    void take_section(const std::string& name) {
        const std::string lower = to_lower(name);
        if (lower == "default") {
            if (defaults_.line != 0) warn(name, "is here again; its values are added to the first");
            defaults_.line = line_;
            inside_ = Inside::Default;
        } else if (lower == "session") {
            sessions_.push_back({line_, {}});
            inside_ = Inside::Session;
        } else {
            warn(name, "is an unknown section; expected [DEFAULT] or [SESSION]; it is passed over");
            inside_ = Inside::Unknown;
        }
    }

    void take_value(const std::string& key, const std::string& value) {
        if (inside_ == Inside::Unknown) return;
        if (inside_ == Inside::Nothing) return warn(key, "stands before any section; it is passed over");
        const std::string advice = advice_on_cfg_key(key, value);
        // Once a key: a file of hundred sessions repeats it a hundred times.
        if (!advice.empty() && advised_.insert(to_lower(key) + advice).second) warn(key, advice);
        CfgSection& section = inside_ == Inside::Default ? defaults_ : sessions_.back();
        section.values[to_lower(key)] = {value, line_};
    }

    std::string file_;
    Findings& findings_;
    int line_ = 0;
    Inside inside_ = Inside::Nothing;
    CfgSection defaults_;
    std::vector<CfgSection> sessions_;
    std::set<std::string> advised_;
};

}  // namespace

std::vector<CfgSection> read_cfg_file(const std::filesystem::path& file, Findings& findings) {
    const auto text = read_file(file);
    if (!text) {
        findings.problem({file.string(), 0}, "", "cannot be read; expected a QuickFIX .cfg");
        return {};
    }
    CfgReader reader(file.string(), findings);
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);) reader.take(line);
    return reader.finish();
}

}  // namespace penstock::config
