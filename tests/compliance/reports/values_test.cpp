#include <gtest/gtest.h>

#include "persistence/history/moment.hpp"

#include "compliance/reports/raw_fix.hpp"
#include "compliance/reports/tables.hpp"
#include "compliance/reports/text.hpp"
#include "compliance/reports/values.hpp"

namespace penstock::reports {
namespace {

std::string csv(std::string_view text, Type::Name type = Type::Name::Text) {
    std::string out;
    append_csv(out, text, type);
    return out;
}

std::string json(std::string_view text) {
    std::string out;
    append_json(out, text);
    return out;
}

/// The value in the format of the type, or what is wrong.
std::string put(std::string_view type, std::string value) {
    const auto problem = put_into_format(*type_of(type), value);
    return problem ? *problem : value;
}

TEST(ReportText, WhatASpreadsheetWouldExecuteGetsAnApostrophe) {
    EXPECT_EQ(csv("=1+1"), "\"'=1+1\"");
    EXPECT_EQ(csv("+1"), "\"'+1\"");
    EXPECT_EQ(csv("-1"), "\"'-1\"");
    EXPECT_EQ(csv("@SUM(1)"), "\"'@SUM(1)\"");
    EXPECT_EQ(csv("  =1"), "\"'  =1\"");
    EXPECT_EQ(csv("\xef\xbc\x9d"
                  "1"),
              "\"'\xef\xbc\x9d"
              "1\"");
    EXPECT_EQ(csv("-1", Type::Name::Decimal), "-1");
    EXPECT_EQ(csv("1=1"), "1=1");
}

TEST(ReportText, CellsAreQuotedWhereTheyHaveTo) {
    EXPECT_EQ(csv("a,b"), "\"a,b\"");
    EXPECT_EQ(csv("a\"b"), "\"a\"\"b\"");
    EXPECT_EQ(csv("a;b"), "\"a;b\"");
    EXPECT_EQ(csv("a\r\nb"), "a\\x0d\\x0ab");
    EXPECT_EQ(csv(""), "");
}

TEST(ReportText, BytesThatAreNoTextAreShownAsWhatTheyAre) {
    EXPECT_EQ(csv("\xff\x01", Type::Name::Text), "\\xff\\x01");
    EXPECT_EQ(csv("a\x01"
                  "b",
                  Type::Name::Raw),
              "a|b");
    EXPECT_EQ(csv("\xc3\xa4"), "\xc3\xa4");
    EXPECT_EQ(csv("\xc0\xaf"), "\\xc0\\xaf");           // a slash, written too long
    EXPECT_EQ(csv("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // half of a pair
    EXPECT_EQ(json("\xff\x01\"\\"), "\"\\u00ff\\u0001\\\"\\\\\"");
    EXPECT_EQ(json("\xc3\xa4"), "\"\xc3\xa4\"");
}

TEST(ReportValues, DecimalsAreRoundedAndNotCut) {
    EXPECT_EQ(rounded("1.25", 1), "1.3");
    EXPECT_EQ(rounded("-1.25", 1), "-1.3");
    EXPECT_EQ(rounded("9.999", 2), "10");
    EXPECT_EQ(rounded("0.004", 2), "0");
    EXPECT_EQ(rounded("-0.004", 2), "0");
    EXPECT_EQ(rounded("100", 2), "100");
    EXPECT_EQ(put("DECIMAL-18/13", "48.12345678912345"), "48.1234567891235");
    EXPECT_EQ(put("DECIMAL-4/2", "12345"), "more than 4 digits");
    EXPECT_EQ(put("DECIMAL-18/13", "1e5"), "no number");
}

TEST(ReportValues, TimesHaveTheFormOfTheirRule) {
    const std::string moment = "2026-11-27T14:03:07.123456789Z";
    EXPECT_EQ(put("DATE_TIME", moment), "2026-11-27T14:03:07.123456Z");
    EXPECT_EQ(put("DATE", moment), "2026-11-27");
    EXPECT_EQ(put("EPOCH_NS", moment), "1795788187123456789");
    EXPECT_EQ(put("CME_TIME", moment), "20261127-14:03:07.123456789");
    EXPECT_EQ(put("DATE", "soon"), "no time");
    EXPECT_FALSE(history::parse_moment("1969-12-31T23:59:59Z"));
    EXPECT_EQ(history::parse_moment("2000-02-29")->ns, 951'782'400'000'000'000);
    EXPECT_EQ(history::parse_last_moment("2000-02-29")->ns, 951'868'799'999'999'999);
    EXPECT_EQ(history::parse_last_moment("2000-02-29T00:00:00")->ns, 951'782'400'000'000'000);
    EXPECT_FALSE(history::parse_last_moment("2026-02-30"));
    EXPECT_FALSE(history::parse_moment("2026-13-01"));
    EXPECT_FALSE(history::parse_moment("2026-02-31"));
    EXPECT_EQ(put("DATE_TIME", "2026-11-27 14:03:07Z"), "no time");
    EXPECT_FALSE(history::parse_moment("2026-11-27T25:00:00Z"));
}

TEST(ReportValues, IdsHaveTheirCheckDigits) {
    EXPECT_EQ(put("LEI", "5493001KJTIIGC8Y1R12"), "5493001KJTIIGC8Y1R12");
    EXPECT_EQ(put("LEI", "5493001KJTIIGC8Y1R13"), "no LEI");
    EXPECT_EQ(put("ISIN", "US0378331005"), "US0378331005");
    EXPECT_EQ(put("ISIN", "US0378331006"), "no ISIN");
    EXPECT_EQ(put("MIC", "XNYS"), "XNYS");
    EXPECT_EQ(put("MIC", "nyse"), "no MIC");
    EXPECT_EQ(put("CCY3", "GBX1"), "no currency code");
    EXPECT_EQ(put("BOOLEAN", "yes"), "neither true nor false");
}

TEST(ReportTables, ThoseOfTheRepositoryAreSound) {
    const auto tables = Tables::built_in();
    const Problem* const problem = std::get_if<Problem>(&tables);
    ASSERT_EQ(problem, nullptr) << *problem;
    EXPECT_EQ(std::get<Tables>(tables).reports().size(), 13U);
}

/// The tables of the program with one file changed: what is said of it.
std::string problem_of(std::string_view file, std::string_view text) {
    const auto tables = Tables::load([&](std::string_view name) {
        return name == file ? std::string(text) : std::string(built_in_file(name));
    });
    const Problem* const problem = std::get_if<Problem>(&tables);
    return problem == nullptr ? "" : *problem;
}

TEST(ReportTables, AWordThatMeansNothingIsFoundWithFileAndLine) {
    const std::string head = "report\tversion\tposition\tname\ttype\tpresence\tsource\ttranslation\n";
    const auto with = [&](const std::string& line) { return problem_of("fills.tsv", head + line); };
    EXPECT_EQ(with("fills\t1\t1\ta\tTEXT\tM\tquantity\n"), "");
    EXPECT_EQ(with("fills\t1\t1\ta\tTEXT\tM\tcolour\n"), "fills.tsv:2: there is no source colour");
    EXPECT_EQ(with("fills\t1\t1\ta\tFLOAT\tM\tquantity\n"), "fills.tsv:2: there is no type FLOAT");
    EXPECT_EQ(with("fills\t1\t1\ta\tTEXT\tM\tside\tsides\n"), "fills.tsv:2: there are no codes sides");
    EXPECT_EQ(with("fills\t0\t1\ta\tTEXT\tM\tside\n"), "fills.tsv: has no field of version 1");
    EXPECT_EQ(with("fills\t1\t1\ta\tTEXT\tM\tside\t\t\t\n"), "fills.tsv:2: 10 fields, and 8 columns");
}

TEST(RawFix, TagsAndPartiesAreFoundAndWordsAreNamed) {
    const std::string raw =
        "35=D\x01"
        "448=ME\x01"
        "452=3\x01"
        "448=YOU\x01"
        "452=12\x01"
        "54=1\x01"
        "junk\x01";
    EXPECT_EQ(tag_value(raw, 35), "D");
    EXPECT_EQ(tag_value(raw, 58), "");
    EXPECT_EQ(party_id(raw, 12), "YOU");
    EXPECT_EQ(party_id(raw, 122), "");
    std::string words;
    FixNames(built_in_file("fix50sp2.dict"))
        .decode(words,
                "54=1\x01"
                "9999=x\x01");
    EXPECT_EQ(words, "Side=1(BUY) 9999=x");
}

}  // namespace
}  // namespace penstock::reports
