#include "config/findings.hpp"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace penstock::config {
namespace {

void keep_once(std::vector<Problem>& kept, Problem made) {
    const bool known = std::any_of(kept.begin(), kept.end(), [&](const Problem& other) {
        return other.file == made.file && other.line == made.line && other.key == made.key &&
               other.text == made.text;
    });
    if (!known) kept.push_back(std::move(made));
}

void sort_by_place(std::vector<Problem>& list) {
    std::vector<std::string> files;
    for (const Problem& one : list) {
        if (std::find(files.begin(), files.end(), one.file) == files.end()) files.push_back(one.file);
    }
    const auto rank = [&](const Problem& one) { return std::find(files.begin(), files.end(), one.file); };
    std::stable_sort(list.begin(), list.end(), [&](const Problem& left, const Problem& right) {
        if (left.file != right.file) return rank(left) < rank(right);
        return left.line < right.line;
    });
}

/// Levenshtein: how many letters to insert, remove or change.
std::size_t distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t changed = diagonal + (left[i] == right[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

void Findings::problem(const Place& place, std::string_view key, std::string text) {
    keep_once(problems, {place.file, place.line, std::string(key), std::move(text)});
}

void Findings::warning(const Place& place, std::string_view key, std::string text) {
    keep_once(warnings, {place.file, place.line, std::string(key), std::move(text)});
}

void Findings::sort() {
    sort_by_place(problems);
    sort_by_place(warnings);
}

std::string to_lower(std::string_view text) {
    std::string lower(text);
    for (char& letter : lower) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return lower;
}

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
    const std::string wanted = to_lower(word);
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string& candidate : known) {
        const std::string lower = to_lower(candidate);
        // A word cut short is closer than any misspelling.
        const bool is_start = wanted.size() >= 3 && lower.starts_with(wanted);
        const std::size_t d = is_start ? 1 : distance(wanted, lower);
        if (d >= best_distance) continue;
        best_distance = d;
        best = candidate;
    }
    return best;
}

std::string in_quotes(std::string_view text) { return '"' + std::string(text) + '"'; }

std::string one_of(const std::vector<std::string>& words) {
    std::string list;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) list += i + 1 == words.size() ? " or " : ", ";
        list += in_quotes(words[i]);
    }
    return list;
}

std::string to_text(const Problem& problem) {
    std::string text = problem.file;
    if (problem.line > 0) text += ':' + std::to_string(problem.line);
    text += ": ";
    if (!problem.key.empty()) text += problem.key + ": ";
    return text + problem.text;
}

}  // namespace penstock::config
