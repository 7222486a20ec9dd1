#include "tests/config/files.hpp"

#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace penstock::config {
namespace {

constexpr const char* kToml = "penstock.toml";
constexpr const char* kCfg = "sessions.cfg";

Loaded load_text(const Folder& folder, const char* name, std::string_view text) {
    const auto file = folder.write(name, text);
    return std::string_view(name) == kToml ? load(file) : load_quickfix_cfg(file);
}

std::vector<std::string> problems_in(const char* name, std::string_view text) {
    const Folder folder;
    return folder.short_texts(load_text(folder, name, text).problems);
}

std::vector<std::string> warnings_in(const char* name, std::string_view text) {
    const Folder folder;
    return folder.short_texts(load_text(folder, name, text).warnings);
}

std::string only_at(const char* name, std::string_view mark, const std::string& text,
                    const std::vector<std::string>& found) {
    const std::size_t at = text.find(mark);
    if (at == std::string::npos) return "the test's mark is not in the text";
    if (found.size() != 1) {
        std::string all = std::to_string(found.size()) + " findings";
        for (const std::string& one : found) all += "\n" + one;
        return all;
    }
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    const std::string place = std::string(name) + ":" + std::to_string(line) + ": ";
    if (!found[0].starts_with(place)) return "expected at " + place + "found " + found[0];
    return found[0].substr(place.size());
}

}  // namespace

Folder::Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "penstock-config-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path Folder::write(const std::string& name, std::string_view text) const {
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
    return file;
}

std::vector<std::string> Folder::short_texts(const std::vector<Problem>& problems) const {
    const std::string prefix = path_.string() + "/";
    std::vector<std::string> texts;
    for (const Problem& problem : problems) {
        std::string text = to_text(problem);
        for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
            text.erase(at, prefix.size());
        }
        texts.push_back(std::move(text));
    }
    return texts;
}

std::string good_toml() {
    return R"([instance]
id = "P1"
state_directory = "state"

[[fix.listener]]
host = "127.0.0.1"
port = 9880

[[fix.session]]
begin_string = "FIX.4.4"
sender_comp_id = "PENSTOCK"
target_comp_id = "DESK1"
accounts = ["A1"]
default_account = "A1"

[[venue]]
name = "XV44"
sheet = "sim44"
host = "127.0.0.1"
port = 9872
sender_comp_id = "PENSTOCK"
target_comp_id = "XV44"

[[instrument]]
symbol = "ABC"
venue = "XV44"

[[account]]
name = "A1"
max_quantity = "5000"
max_notional = "1000000.50"
collar_percent = 10
)";
}

std::string changed(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("not in the text: " + std::string(from));
    return text.replace(at, from.size(), to);
}

std::vector<std::string> problems_of(std::string_view toml) { return problems_in(kToml, toml); }
std::vector<std::string> warnings_of(std::string_view toml) { return warnings_in(kToml, toml); }
std::string problem_at(std::string_view mark, const std::string& toml) {
    return only_at(kToml, mark, toml, problems_of(toml));
}
std::string warning_at(std::string_view mark, const std::string& toml) {
    return only_at(kToml, mark, toml, warnings_of(toml));
}

std::vector<std::string> cfg_problems_of(std::string_view cfg) { return problems_in(kCfg, cfg); }
std::vector<std::string> cfg_warnings_of(std::string_view cfg) { return warnings_in(kCfg, cfg); }
std::string cfg_problem_at(std::string_view mark, const std::string& cfg) {
    return only_at(kCfg, mark, cfg, cfg_problems_of(cfg));
}
std::string cfg_warning_at(std::string_view mark, const std::string& cfg) {
    return only_at(kCfg, mark, cfg, cfg_warnings_of(cfg));
}

}  // namespace penstock::config
