#include <gtest/gtest.h>
#include <stdlib.h>

#include "config/venue_sheet.hpp"
#include "oms/domain/definitions.hpp"
#include "tests/config/files.hpp"

namespace penstock::config {
namespace {

const std::string kGood = good_toml();
const std::string kSheet = "sheet = \"sim44\"\n";
const std::string kCfg =
    "[DEFAULT]\nConnectionType=initiator\nHeartBtInt=30\nSocketConnectHost=127.0.0.1\nSocketConnectPort="
    "5001\n"
    "[SESSION]\nBeginString=FIX.4.4\nSenderCompID=ME\nTargetCompID=VENUE\n"
    "[SESSION]\nBeginString=FIX.4.4\nSenderCompID=ME\nTargetCompID=SPARE\n";

std::string with(const std::string& more) { return changed(kGood, kSheet, kSheet + more + "\n"); }

/// The venue's own session replaced by one of a .cfg.
std::string with_cfg(const std::string& session) {
    const std::string toml =
        changed(kGood, "[[fix.listener]]", "[fix]\nsettings_file = \"venues.cfg\"\n[[fix.listener]]");
    return changed(
        toml, "host = \"127.0.0.1\"\nport = 9872\nsender_comp_id = \"PENSTOCK\"\ntarget_comp_id = \"XV44\"\n",
        "session = \"" + session + "\"\n");
}

std::vector<std::string> sheet_problems(std::string_view text) {
    const Folder folder;
    Findings findings;
    read_venue_sheet(folder.write("my.toml", text), findings);
    return folder.short_texts(findings.problems);
}

TEST(VenueConfig, ASheetListsWhatTheVenueDoesByItself) {
    const Folder folder;
    Findings findings;
    const auto sheet = read_venue_sheet(
        folder.write("my.toml",
                     "fix_version = \"4.4\"\nmark_price = true\nnative = [\"stop\", \"minimum_quantity\"]\n"),
        findings);
    ASSERT_TRUE(sheet);
    EXPECT_EQ(sheet->features, oms::venue_does::kStop | oms::venue_does::kMinimumQuantity);
    EXPECT_TRUE(sheet->mark_price);
    const auto problems = sheet_problems("fix_version = \"4.4\"\nnative = [\"magic\"]\n");
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_NE(problems[0].find("has \"magic\"; expected some of \"stop\", \"if_touched\""), std::string::npos)
        << problems[0];
}

TEST(VenueConfig, TheEndOfTheTradingDay) {
    const Folder folder;
    const Loaded loaded = load(folder.write(
        "penstock.toml",
        with("trading_day = { end = \"16:00:00\", time_zone = \"America/New_York\", on_weekends = true }")));
    EXPECT_EQ(folder.short_texts(loaded.problems), std::vector<std::string>{});
    ASSERT_TRUE(loaded.config);
    const auto& day = loaded.config->venues.front().trading_day;
    ASSERT_TRUE(day);
    EXPECT_EQ(day->end_second, 16 * 3600);
    EXPECT_EQ(day->time_zone, "America/New_York");
    EXPECT_TRUE(day->on_weekends);

    const Loaded wrong = load(folder.write(
        "penstock.toml", with("trading_day = { end = \"4 pm\", time_zone = \"Nowhere\", holidays = 1 }")));
    EXPECT_EQ(wrong.problems.size(), 3U);
    const Loaded empty = load(folder.write("penstock.toml", with("trading_day = { time_zone = \"UTC\" }")));
    ASSERT_EQ(empty.problems.size(), 1U);
    EXPECT_NE(folder.short_texts(empty.problems)[0].find("end"), std::string::npos);
}

TEST(VenueConfig, StepsOfAnInstrument) {
    const Folder folder;
    const Loaded loaded = load(folder.write(
        "penstock.toml",
        kGood + "[[instrument]]\nsymbol = \"NEW\"\nvenue = \"XV44\"\nprice_increment = \"0.05\"\n"));
    EXPECT_EQ(folder.short_texts(loaded.problems), std::vector<std::string>{});
    ASSERT_TRUE(loaded.config);
    const oms::DefineInstrument& made = loaded.config->instruments.back();
    EXPECT_EQ(made.price_increment, *Price::parse("0.05"));
    EXPECT_EQ(made.quantity_increment, std::nullopt);
}

TEST(VenueConfig, ItsSessionIsAnInitiator) {
    const Folder folder;
    const Loaded loaded = load(folder.write("penstock.toml", with(R"(reconnect_interval_s = 3
max_reconnect_interval_s = 4
reset_on_logon = true
tls = { server_name = "venue.example.com" })")));

    EXPECT_EQ(folder.short_texts(loaded.problems), std::vector<std::string>{});
    ASSERT_TRUE(loaded.config);
    const VenueConfig& venue = loaded.config->venues.at(0);
    const SessionConfig& session = loaded.config->sessions.at(venue.session);
    EXPECT_EQ(venue.name, "XV44");
    EXPECT_EQ(venue.sheet.name, "sim44");
    EXPECT_EQ(session.role, oms::SessionRole::Venue);
    EXPECT_TRUE(session.fix.is_initiator && session.fix.reset_on_logon && session.fix.tls.enabled);
    EXPECT_EQ(session.fix.version, fix::Version::Fix44);
    EXPECT_EQ(session.fix.host, "127.0.0.1");
    EXPECT_EQ(session.fix.port, 9872);
    EXPECT_EQ(session.fix.tls.server_name, "venue.example.com");
    EXPECT_EQ(session.fix.reconnect_interval, Duration::seconds(3));
    EXPECT_EQ(session.fix.max_reconnect_interval, Duration::seconds(4));
}

TEST(VenueConfig, ASheetBesideTheFileWinsOverOneThatComesWithPenstock) {
    const Folder folder;
    folder.write("sim44.toml", "name = \"mine\"\nfix_version = \"5.0SP2\"\n");
    const Loaded loaded = load(folder.write("penstock.toml", kGood));
    ASSERT_TRUE(loaded.config);
    EXPECT_EQ(loaded.config->venues.at(0).sheet.name, "mine");
    EXPECT_EQ(loaded.config->sessions.at(1).fix.version, fix::Version::Fix50Sp2);
}

TEST(VenueConfig, AnUnknownSheetSaysWhereItWasLookedFor) {
    const std::string text = problem_at("sheet", changed(kGood, "\"sim44\"", "\"nyse\""));
    EXPECT_TRUE(text.starts_with("venue.sheet: is \"nyse\", which is neither a file in ")) << text;
}

TEST(VenueConfig, APasswordIsOnlyEverAReference) {
    EXPECT_EQ(problem_at("password", with("password = \"hunter2\"\nusername = \"me\"")),
              "venue.password: is a secret in plain text; keep it elsewhere and point at it with "
              "\"${env:NAME}\" or \"${file:/path}\"");
    EXPECT_EQ(
        problem_at("password", with("password = \"${env:PENSTOCK_TEST_UNSET}\"\nusername = \"me\"")),
        "venue.password: the environment variable PENSTOCK_TEST_UNSET is not set; expected the secret in "
        "it");
    EXPECT_EQ(problem_at("password", with("password = \"${vault:x}\"\nusername = \"me\"")),
              "venue.password: is an unknown reference; expected \"${env:NAME}\" or \"${file:/path}\"");
}

TEST(VenueConfig, APasswordComesFromTheEnvironmentOrAFile) {
    const Folder folder;
    std::filesystem::permissions(folder.write("secret", "open sesame\n"), std::filesystem::perms::owner_read);
    const Loaded from_file =
        load(folder.write("penstock.toml", with("password = \"${file:secret}\"\nusername = \"me\"")));
    ASSERT_TRUE(from_file.config);
    EXPECT_EQ(from_file.config->sessions.at(1).fix.password, "open sesame");
    EXPECT_EQ(from_file.config->sessions.at(1).fix.username, "me");
    EXPECT_TRUE(from_file.warnings.empty());

    ::setenv("PENSTOCK_TEST_SECRET", "from outside", 1);
    const Loaded from_environment = load(
        folder.write("penstock.toml", with("password = \"${env:PENSTOCK_TEST_SECRET}\"\nusername = \"me\"")));
    ::unsetenv("PENSTOCK_TEST_SECRET");
    ASSERT_TRUE(from_environment.config);
    EXPECT_EQ(from_environment.config->sessions.at(1).fix.password, "from outside");
}

TEST(VenueConfig, AVenueTwiceIsRefused) {
    const std::string again =
        "[[venue]]\nname  = \"XV44\"\nsheet = \"sim44\"\nhost = \"127.0.0.1\"\nport = 1\n"
        "sender_comp_id = \"PENSTOCK\"\ntarget_comp_id = \"OTHER\"\n";
    EXPECT_EQ(
        problem_at("name  =", kGood + again), "venue.name: is \"XV44\" again; expected each venue once");
}

TEST(VenueConfig, AnInstrumentOfAnUnknownVenueIsRefused) {
    EXPECT_EQ(problem_at("venue = \"XV9\"", kGood + "[[instrument]]\nsymbol = \"DEF\"\nvenue = \"XV9\"\n"),
              "instrument.venue: \"XV9\" is not defined; expected a [[venue]] of this name");
    EXPECT_EQ(problem_at("symbol  =", kGood + "[[instrument]]\nsymbol  = \"ABC\"\nvenue = \"XV44\"\n"),
              "instrument.symbol: is \"ABC\" again; expected each instrument once");
}

TEST(VenueConfig, AVenueWithoutInstrumentIsAWarning) {
    const std::string toml = changed(kGood, "[[instrument]]\nsymbol = \"ABC\"\nvenue = \"XV44\"\n", "");
    EXPECT_EQ(warning_at("[[venue]]", toml), "venue: \"XV44\" has no [[instrument]]");
}

TEST(VenueConfig, ASessionCanComeFromTheCfgAndOthersThereStayBehind) {
    const Folder folder;
    folder.write("venues.cfg", kCfg);
    const Loaded loaded = load(folder.write("penstock.toml", with_cfg("FIX.4.4:ME->VENUE")));

    EXPECT_EQ(folder.short_texts(loaded.problems), std::vector<std::string>{});
    EXPECT_EQ(
        folder.short_texts(loaded.warnings),
        std::vector<std::string>{"venues.cfg:10: session: \"FIX.4.4:ME->SPARE\" is not used; name it as "
                                 "session in a [[venue]]"});
    ASSERT_TRUE(loaded.config);
    EXPECT_EQ(loaded.config->sessions.size(), 2U);
    const SessionConfig& session = loaded.config->sessions.at(loaded.config->venues.at(0).session);
    EXPECT_EQ(session.fix.target_comp_id, "VENUE");
    EXPECT_EQ(session.fix.port, 5001);
}

TEST(VenueConfig, ASessionThatTheCfgDoesNotHaveIsRefused) {
    const Folder folder;
    folder.write("venues.cfg", kCfg);
    const Loaded loaded = load(folder.write("penstock.toml", with_cfg("FIX.4.4:ME->NOBODY")));
    EXPECT_EQ(
        folder.short_texts(loaded.problems),
        std::vector<std::string>{"penstock.toml:21: venue.session: is \"FIX.4.4:ME->NOBODY\"; expected an "
                                 "initiator session of fix.settings_file"});
}

TEST(VenueSheetFile, EveryKeyIsRead) {
    const Folder folder;
    Findings findings;
    const auto sheet = read_venue_sheet(folder.write("my.toml", R"(fix_version = "4.2"
concurrent_amends = true
amend_quantity = "remaining"
answer_timeout_ms = 250
market_data = false
[[extra_field]]
messages = ["D", "G"]
tag = 47
value = "A"
[[omitted_field]]
messages = ["F"]
tag = 1
)"),
                                        findings);
    ASSERT_TRUE(sheet);
    EXPECT_EQ(sheet->name, "my");
    EXPECT_EQ(sheet->fix_version, "4.2");
    EXPECT_TRUE(sheet->concurrent_amends);
    EXPECT_FALSE(sheet->amend_quantity_is_total || sheet->market_data);
    EXPECT_EQ(sheet->answer_timeout, Duration::milliseconds(250));
    ASSERT_EQ(sheet->extra_fields.size(), 1U);
    EXPECT_EQ(sheet->extra_fields[0].msg_types, (std::vector<std::string>{"D", "G"}));
    EXPECT_EQ(sheet->extra_fields[0].tag, 47U);
    EXPECT_EQ(sheet->extra_fields[0].value, "A");
    ASSERT_EQ(sheet->omitted_fields.size(), 1U);
    EXPECT_EQ(sheet->omitted_fields[0].tag, 1U);
}

TEST(VenueSheetFile, AnotherVersionMessageOrTagIsRefused) {
    using List = std::vector<std::string>;
    EXPECT_EQ(sheet_problems("fix_version = \"4.3\"\n"),
              List{"my.toml:1: fix_version: is \"4.3\"; expected \"4.2\", \"4.4\" or \"5.0SP2\""});
    EXPECT_EQ(sheet_problems("fix_version = \"4.2\"\ncheck_positions_s = 60\n"),
              List{"my.toml:2: check_positions_s: is set; FIX 4.2 has no RequestForPositions, expected 0"});
    EXPECT_EQ(
        sheet_problems("fix_version = \"4.2\"\n[[omitted_field]]\nmessages = [\"8\"]\ntag = 1\n"),
        List{"my.toml:3: omitted_field.messages: has \"8\"; expected some of \"D\", \"F\", \"G\", \"H\", "
             "\"AF\", \"AN\" or \"V\""});
    EXPECT_EQ(
        sheet_problems("fix_version = \"4.2\"\n[[omitted_field]]\nmessages = [\"D\"]\ntag = 34\n"),
        List{"my.toml:4: omitted_field.tag: is 34, which belongs to the FIX session; expected another"});
}

}  // namespace
}  // namespace penstock::config
