#include <gtest/gtest.h>

#include "tests/config/files.hpp"

namespace penstock::config {
namespace {

const std::string kGood = good_toml();

TEST(AccountConfig, LimitsAreExact) {
    const Folder folder;
    const Loaded loaded = load(folder.write("penstock.toml", changed(kGood, "collar_percent = 10",
                                                                     "collar_percent = \"2.5\"\n"
                                                                     "max_reference_age_ms = 500")));
    ASSERT_TRUE(loaded.config);
    const oms::SetLimits& limits = loaded.config->limits.at(0);
    EXPECT_EQ(limits.account.view(), "A1");
    EXPECT_EQ(limits.max_quantity, Quantity::whole(5000));
    EXPECT_EQ(limits.max_notional, *Price::parse("1000000.50"));
    EXPECT_EQ(limits.collar_percent, *Decimal::parse("2.5"));
    EXPECT_EQ(limits.max_reference_age, Duration::milliseconds(500));
}

TEST(AccountConfig, AFloatIsRefusedBecauseItIsNotExact) {
    EXPECT_EQ(problem_at("max_notional = 0.1", changed(kGood, "\"1000000.50\"", "0.1")),
              "account.max_notional: is a number with a point; write it as text so that it stays exact, such "
              "as \"1000.50\"");
}

TEST(AccountConfig, WhatIsNoPositiveDecimalIsRefused) {
    const std::string expected = "; expected a decimal above zero such as \"1000.50\" (at most 12 decimals)";
    for (const std::string text : {"-5", "0", "1e6", "1,000", "0.0000000000001"}) {
        EXPECT_EQ(problem_at("max_quantity", changed(kGood, "\"5000\"", "\"" + text + "\"")),
                  "account.max_quantity: is \"" + text + "\"" + expected);
    }
    EXPECT_EQ(problem_at("max_quantity", changed(kGood, "\"5000\"", "-5")),
              "account.max_quantity: is -5" + expected);
}

TEST(AccountConfig, AMissingLimitIsAWarning) {
    const std::string toml = changed(kGood, "max_notional = \"1000000.50\"\n", "");
    EXPECT_EQ(problems_of(toml), std::vector<std::string>{});
    EXPECT_EQ(
        warning_at("[[account]]", toml), "account.max_notional: is missing: account A1 can trade nothing");
}

TEST(AccountConfig, ANameTwiceIsRefused) {
    const std::string again =
        "[[account]]\nname  = \"A1\"\nmax_quantity = 1\nmax_notional = 1\ncollar_percent = 1\n";
    EXPECT_EQ(
        problem_at("name  =", kGood + again), "account.name: is \"A1\" again; expected each account once");
}

TEST(AccountConfig, ANameThatDoesNotFitIsRefused) {
    const std::string longer(32, 'A');
    const std::string more =
        "[[account]]\nname  = \"" + longer + "\"\nmax_quantity = 1\nmax_notional = 1\ncollar_percent = 1\n";
    EXPECT_EQ(problem_at("name  =", kGood + more), "account.name: has 32 characters; expected at most 31");
}

TEST(AccountConfig, ASessionsAccountMustBeDefined) {
    EXPECT_EQ(problem_at("accounts =", changed(kGood, "[\"A1\"]", "[\"A1\", \"A2\"]")),
              "fix.session.accounts: \"A2\" is not defined; expected an [[account]] of this name");
}

TEST(AccountConfig, TheDefaultAccountIsOneOfTheSessions) {
    EXPECT_EQ(
        problem_at("default_account", changed(kGood, "default_account = \"A1\"", "default_account = \"B\"")),
        "fix.session.default_account: is \"B\"; expected one of this session's accounts");
}

TEST(AccountConfig, ASessionWithoutAccountsIsAWarning) {
    const std::string toml = changed(kGood, "accounts = [\"A1\"]\ndefault_account = \"A1\"\n", "");
    EXPECT_EQ(warning_at("[[fix.session]]", toml),
              "fix.session.accounts: is empty: every order of this session will be refused");
}

}  // namespace
}  // namespace penstock::config
