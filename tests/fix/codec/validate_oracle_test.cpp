#include <gtest/gtest.h>

#include "fix/codec/data_guard.hpp"
#include "fix/codec/validate.hpp"
#include "tests/fix/codec/samples.hpp"
#include "tests/fix/codec/wire.hpp"

namespace penstock::fix::test {
namespace {

constexpr std::string_view kValues[] = {
    "",
    "0",
    "1",
    "2",
    "7",
    "-1",
    "-",
    "1.5",
    "1.",
    ".5",
    "1e3",
    "A",
    "F",
    "Y",
    "N",
    "ABC",
    "6 G",
    "1 2",
    " ",
    "20260102",
    "20260102-03:04:05",
    "20260102-03:04:60",
    "20260102-03:04:05.",
    "20260102-03:04:05.1234567890",
    "03:04:05",
    "99999999999",
    "X=1",
    "NaN",
    "00",
    "0.000",
    "9",
    "D",
    "8"};
constexpr std::string_view kTags[] = {
    "1",   "8",   "9",   "10",   "11",   "15",   "18",   "20",   "22",   "34",   "35",   "37",  "38",  "39",
    "40",  "41",  "43",  "44",   "48",   "52",   "54",   "55",   "58",   "59",   "60",   "78",  "79",  "80",
    "89",  "90",  "91",  "93",   "95",   "96",   "97",   "99",   "122",  "146",  "150",  "151", "167", "212",
    "213", "267", "268", "269",  "270",  "279",  "354",  "355",  "382",  "369",  "375",  "432", "447", "448",
    "452", "453", "523", "530",  "531",  "539",  "585",  "627",  "628",  "711",  "802",  "803", "847", "957",
    "958", "959", "960", "1128", "1129", "1156", "1369", "2376", "4999", "5001", "10000"};

void mutate(std::vector<std::string>& fields, Random& random) {
    const std::size_t at = random.below(fields.size());
    const std::string tag = fields[at].substr(0, fields[at].find('='));
    switch (random.below(7)) {
        case 0: fields[at] = tag + "=" + std::string(random.pick(kValues)); break;
        case 1: fields.erase(fields.begin() + static_cast<std::ptrdiff_t>(at)); break;
        case 2: fields.insert(fields.begin() + static_cast<std::ptrdiff_t>(at), random.pick(fields)); break;
        case 3: std::swap(fields[at], fields[random.below(fields.size())]); break;
        case 4: fields[at] = std::string(random.pick(kTags)) + "=" + std::string(random.pick(kValues)); break;
        case 5:
            fields.insert(fields.begin() + static_cast<std::ptrdiff_t>(at),
                          std::string(random.pick(kTags)) + "=" + std::string(random.pick(kValues)));
            break;
        default: fields[at] += static_cast<char>(32 + random.below(95)); break;
    }
}

/// 9 and 10 are put right in two of three cases, so that what is behind them is looked at.
std::string variant(const std::string& sample, Random& random) {
    std::vector<std::string> fields = split(sample);
    for (std::uint64_t i = random.below(4); i > 0 && fields.size() > 1; --i) mutate(fields, random);
    const std::string made = join(fields);
    const bool has_ends =
        made.find(
            "\x01"
            "9=") != std::string::npos &&
        made.rfind(
            "\x01"
            "10=") != std::string::npos &&
        made.rfind(
            "\x01"
            "10=") >
            made.find(
                "\x01"
                "9=");
    return has_ends && !random.chance(3) ? resealed(made) : made;
}

struct Tally {
    std::size_t clean = 0;
    std::size_t refused = 0;
    std::size_t cautious = 0;  // QuickFIX would have passed it
};

Tally compare(Version version, std::uint64_t rounds) {
    const std::vector<std::string> samples = valid_messages(version);
    Tally tally;
    MessageIndex index;
    for (std::uint64_t seed = 0; seed < rounds; ++seed) {
        Random random(seed);
        const std::string bytes = variant(random.pick(samples), random);
        const bool clean = index.parse(bytes) && check(index, version) == Verdict::Clean;
        if (!data_lengths_are_sound(bytes)) {
            EXPECT_FALSE(clean) << readable(bytes);
            continue;  // QuickFIX might not survive it
        }
        const std::string objection = validator(version).objection(bytes);
        EXPECT_TRUE(!clean || objection.empty())
            << "seed " << seed << ": " << objection << " " << readable(bytes);
        tally.clean += clean ? 1 : 0;
        tally.refused += objection.empty() ? 0 : 1;
        tally.cautious += !clean && objection.empty() ? 1 : 0;
    }
    return tally;
}

TEST(CheckAgainstQuickFix, NothingQuickFixRefusesIsClean) {
    for (const Version version : kVersions) {
        const Tally tally = compare(version, 30'000);
        // Enough of both kinds, and rarely more careful than need be.
        EXPECT_GT(tally.clean, 5'000U);
        EXPECT_GT(tally.refused, 5'000U);
        RecordProperty("cautious", static_cast<int>(tally.cautious));
        EXPECT_LT(tally.cautious, 6'000U);
    }
}

}  // namespace
}  // namespace penstock::fix::test
