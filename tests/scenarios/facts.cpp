#include "tests/scenarios/facts.hpp"

#include <algorithm>

#include "oms/domain/decimal.hpp"

namespace penstock::scenarios {
namespace {

bool is_number(const std::string& word) { return static_cast<bool>(Decimal::parse(word)); }

bool same(const std::string& expected, const std::string& actual) {
    const auto left = Decimal::parse(expected);
    const auto right = Decimal::parse(actual);
    return left && right ? *left == *right : expected == actual;
}

std::string quoted(const std::string& word) {
    return word.find(' ') == std::string::npos && !word.empty() ? word : '"' + word + '"';
}

}  // namespace

std::string Facts::value(const std::string& key) const {
    const auto found =
        std::find_if(words.begin(), words.end(), [&](const auto& word) { return word.first == key; });
    return found == words.end() ? "none" : found->second;
}

std::string to_text(const Facts& facts) {
    std::string text = facts.party;
    if (facts.party.find(' ') != std::string::npos) text += " <";
    text += ' ' + facts.kind;
    if (!facts.id.empty()) text += ' ' + facts.id;
    for (const auto& [key, value] : facts.words) {
        if (key != "#") text += ' ' + key;
        text += ' ' + quoted(value);
    }
    return text;
}

Facts facts_of(const Line& expectation) {
    Facts facts{expectation.party, expectation.words.at(0), {}, {}};
    std::size_t at = 1;
    const auto& words = expectation.words;
    // The id is the word after the kind, unless the kind names nothing: `alarm LateFill exec e9`.
    if (facts.party != "alarm" && facts.party != "trigger" && at < words.size()) facts.id = words[at++];
    while (at < words.size()) {
        if (is_number(words[at])) {
            facts.words.emplace_back("#", words[at++]);
            continue;
        }
        if (at + 1 == words.size())
            throw Failure(
                expectation.place() + ": '" + words[at] + "' has no value\n  in  " + expectation.text);
        facts.words.emplace_back(words[at], words[at + 1]);
        at += 2;
    }
    return facts;
}

std::string difference(const Facts& expected, const Facts& actual) {
    if (expected.kind != actual.kind) return "expected " + expected.kind + ", got " + actual.kind;
    if (expected.id != actual.id)
        return "expected it of " + quoted(expected.id) + ", got " + quoted(actual.id);
    for (const auto& [key, value] : expected.words) {
        const std::string got = actual.value(key);
        if (same(value, got)) continue;
        const std::string what = key == "#" ? "quantity" : key == "@" ? "price" : key;
        return what + ": expected " + quoted(value) + ", got " + quoted(got);
    }
    return {};
}

}  // namespace penstock::scenarios
