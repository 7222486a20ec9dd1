#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "config/venue_sheet.hpp"
#include "tests/config/files.hpp"
#include "tests/places.hpp"

namespace penstock::config {
namespace {

const std::filesystem::path kTemplates = std::filesystem::path(tests::source_dir()) / "config" / "demo";

std::string filled(const std::string& name) {
    std::ifstream file(kTemplates / name);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::pair<std::string, std::string> values[] = {
        {"@CLIENT_PORT@", "9880"},
        {"@VENUE42_PORT@", "9871"},
        {"@VENUE44_PORT@", "9872"},
        {"@STATE_DIR@", "/var/lib/penstock"}};
    for (const auto& [key, value] : values) {
        for (auto at = text.find(key); at != std::string::npos; at = text.find(key)) {
            text.replace(at, key.size(), value);
        }
    }
    return text;
}

Loaded load_demo(const Folder& folder) {
    folder.write("sessions.cfg", filled("sessions.cfg"));
    return load(folder.write("penstock.toml", filled("penstock.toml")));
}

TEST(Demo, LoadsWithoutAProblemOrAWarning) {
    const Folder folder;
    const Loaded loaded = load_demo(folder);

    EXPECT_EQ(folder.short_texts(loaded.problems), std::vector<std::string>{});
    EXPECT_EQ(folder.short_texts(loaded.warnings), std::vector<std::string>{});
    ASSERT_TRUE(loaded.config);
    EXPECT_EQ(loaded.config->state_directory, "/var/lib/penstock");
    EXPECT_EQ(loaded.config->journal.durability, persistence::Durability::Power);
}

TEST(Demo, ListensOncePerPortThoughTheCfgNamesItToo) {
    const Folder folder;
    const Loaded loaded = load_demo(folder);

    ASSERT_TRUE(loaded.config);
    ASSERT_EQ(loaded.config->listeners.size(), 1U);
    EXPECT_EQ(loaded.config->listeners[0].host, "127.0.0.1");
    EXPECT_EQ(loaded.config->listeners[0].port, 9880);
}

TEST(Demo, HasASessionForEachVersionADropCopyAndAGuest) {
    const Folder folder;
    const Loaded loaded = load_demo(folder);

    ASSERT_TRUE(loaded.config);
    std::vector<std::string> clients;
    for (const SessionConfig& one : loaded.config->sessions) clients.push_back(one.fix.target_comp_id);
    const std::vector<std::string> expected{
        "GUEST", "DESK42", "DESK44", "DESK50", "DROPCOPY", "XV42", "XV44"};
    EXPECT_EQ(clients, expected);
    EXPECT_EQ(loaded.config->sessions[0].accounts, std::vector<std::string>{"DESK-B"});
    EXPECT_TRUE(loaded.config->sessions[0].fix.reset_on_logon);
    EXPECT_EQ(loaded.config->sessions[3].fix.version, fix::Version::Fix50Sp2);
    EXPECT_EQ(loaded.config->sessions[4].role, oms::SessionRole::DropCopy);
    EXPECT_EQ(loaded.config->sessions[6].role, oms::SessionRole::Venue);
}

TEST(Demo, VenuesUseTheSheetsThatComeWithPenstock) {
    const Folder folder;
    const Loaded loaded = load_demo(folder);

    ASSERT_TRUE(loaded.config);
    ASSERT_EQ(loaded.config->venues.size(), 2U);
    const VenueConfig& old = loaded.config->venues[0];
    EXPECT_EQ(old.sheet.fix_version, "4.2");
    EXPECT_FALSE(old.sheet.concurrent_amends);
    EXPECT_EQ(loaded.config->sessions[old.session].fix.version, fix::Version::Fix42);
    EXPECT_EQ(loaded.config->sessions[old.session].fix.port, 9871);
    EXPECT_TRUE(loaded.config->venues[1].sheet.concurrent_amends);
    EXPECT_EQ(loaded.config->instruments.size(), 6U);
}

TEST(Demo, TheClientFileIsAQuickFixInitiator) {
    const Folder folder;
    const Loaded loaded = load_quickfix_cfg(folder.write("client.cfg", filled("client.cfg")));

    EXPECT_EQ(folder.short_texts(loaded.problems), std::vector<std::string>{});
    EXPECT_EQ(folder.short_texts(loaded.warnings), std::vector<std::string>{});
    ASSERT_TRUE(loaded.config);
    ASSERT_EQ(loaded.config->sessions.size(), 1U);
    const fix::SessionSettings& session = loaded.config->sessions[0].fix;
    EXPECT_TRUE(session.is_initiator);
    EXPECT_EQ(session.host, "127.0.0.1");
    EXPECT_EQ(session.port, 9880);
    EXPECT_EQ(session.sender_comp_id, "DESK44");
    EXPECT_EQ(session.heartbeat_s, 30);
}

TEST(Demo, EverySheetThatComesWithPenstockIsGood) {
    for (const auto& entry : std::filesystem::directory_iterator(built_in_sheets())) {
        if (entry.path().extension() != ".toml") continue;
        Findings findings;
        EXPECT_TRUE(read_venue_sheet(entry.path(), findings)) << entry.path();
        EXPECT_TRUE(findings.warnings.empty()) << entry.path();
    }
}

}  // namespace
}  // namespace penstock::config
