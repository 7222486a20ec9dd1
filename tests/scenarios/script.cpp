#include "tests/scenarios/script.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace penstock::scenarios {
namespace {

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

/// Words are parted by blanks; "two words" in quotes are one. A comment ends the line.
std::vector<std::string> words_of(const Line& line) {
    std::vector<std::string> words;
    std::size_t at = 0;
    const std::string& text = line.text;
    while (at < text.size() && text[at] != '#') {
        if (text[at] == ' ' || text[at] == '\t') {
            ++at;
            continue;
        }
        const bool is_quoted = text[at] == '"';
        const std::size_t from = is_quoted ? at + 1 : at;
        const std::size_t end = is_quoted ? text.find('"', from) : text.find_first_of(" \t", from);
        if (is_quoted && end == std::string::npos) throw Failure(line.place() + ": a quote is not closed");
        words.push_back(text.substr(from, end == std::string::npos ? end : end - from));
        at = end == std::string::npos ? text.size() : end + 1;
    }
    return words;
}

/// `client A > ...`, `venue X < ...`: takes party and way off the front.
void take_party(Line& line) {
    const std::string kind = line.words[0];
    if (kind == "alarm" || kind == "route" || kind == "trigger" || kind == "group" ||
        kind == "reconciliation" || kind == "kept" || kind == "position") {
        line.way = Way::Out;
        line.party = kind;
        line.words.erase(line.words.begin());
        return;
    }
    if (kind != "client" && kind != "venue") return;
    if (line.words.size() < 4 || (line.words[2] != ">" && line.words[2] != "<"))
        throw Failure(line.place() + ": expected '" + kind + " NAME > ...' or '" + kind +
                      " NAME < ...', got '" + line.text + "'");
    line.way = line.words[2] == ">" ? Way::In : Way::Out;
    line.party = kind + " " + line.words[1];
    line.words.erase(line.words.begin(), line.words.begin() + 3);
}

}  // namespace

std::vector<Line> parse(const std::string& file, std::string_view text) {
    std::vector<Line> lines;
    std::istringstream stream{std::string(text)};
    int number = 0;
    for (std::string raw; std::getline(stream, raw);) {
        Line line{file, ++number, trimmed(raw), Way::Stage, {}, {}};
        line.words = words_of(line);
        if (line.words.empty()) continue;
        take_party(line);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<Line> parse_file(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw Failure(path + ": cannot be read");
    std::ostringstream text;
    text << file.rdbuf();
    return parse(std::filesystem::path(path).filename().string(), text.str());
}

}  // namespace penstock::scenarios
