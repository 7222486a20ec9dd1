#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"

namespace penstock::config {

/// A line of a file.
struct Place {
    std::string file;
    int line = 0;
};

/// What reading found wrong. The same finding is kept once, since a value in [DEFAULT] is read again
/// for every session.
struct Findings {
    std::vector<Problem> problems;
    std::vector<Problem> warnings;

    void problem(const Place& place, std::string_view key, std::string text);
    void warning(const Place& place, std::string_view key, std::string text);
    /// In the order of the files as they were read, and of the lines in each.
    void sort();
};

/// The known word that looks most like `word`, upper and lower case alike; empty when none does.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

std::string in_quotes(std::string_view text);
/// "a", "b" or "c"
std::string one_of(const std::vector<std::string>& words);

std::string to_lower(std::string_view text);

}  // namespace penstock::config
