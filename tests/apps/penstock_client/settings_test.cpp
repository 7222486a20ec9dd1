#include "apps/penstock_client/settings.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "apps/penstock_client/client_host.hpp"

namespace penstock::client {
namespace {

Options some_options() {
    Options options;
    options.port = 9880;
    options.sender = "DESK";
    options.target = "PENSTOCK";
    return options;
}

TEST(ClientSettings, WithoutAStoreBothSidesBeginAnew) {
    const auto settings = load_client(some_options()).settings;
    ASSERT_TRUE(settings);
    EXPECT_TRUE(settings->session.reset_on_logon);
    EXPECT_TRUE(settings->store.empty());
}

TEST(ClientSettings, AStoreKeepsTheSessionGoing) {
    Options options = some_options();
    options.store = "var";
    const auto settings = load_client(options).settings;
    ASSERT_TRUE(settings);
    EXPECT_FALSE(settings->session.reset_on_logon);
    EXPECT_EQ(settings->store, "var/FIX.4.4-DESK-PENSTOCK.numbers");
}

TEST(ClientSettings, WhatIsMissingIsNamed) {
    const LoadedClient loaded = load_client({});
    EXPECT_FALSE(loaded.settings);
    EXPECT_EQ(loaded.problems.size(), 3U);
}

TEST(ClientSettings, AQuickFixFileGivesSessionAndStore) {
    const std::string file = testing::TempDir() + "penstock_client_settings_test.cfg";
    std::ofstream(file)
        << "[DEFAULT]\nConnectionType=initiator\nNonStopSession=Y\nStartTime=00:00:00\n"
           "EndTime=00:00:00\nHeartBtInt=20\nFileStorePath=store\n[SESSION]\nBeginString=FIX.4.2\n"
           "SenderCompID=DESK\nTargetCompID=PENSTOCK\nSocketConnectHost=127.0.0.1\n"
           "SocketConnectPort=9880\n";
    Options options;
    options.config = file;
    const LoadedClient loaded = load_client(options);
    ASSERT_TRUE(loaded.settings) << (loaded.problems.empty() ? "" : loaded.problems.front());
    EXPECT_EQ(loaded.settings->session.version, fix::Version::Fix42);
    EXPECT_EQ(loaded.settings->session.heartbeat_s, 20);
    EXPECT_EQ(loaded.settings->store, "store/FIX.4.2-DESK-PENSTOCK.numbers");
}

TEST(LogonAdvice, FitsTheReason) {
    const fix::SessionSettings session = load_client(some_options()).settings->session;
    EXPECT_NE(logon_advice("cannot connect: Connection refused", session).find("127.0.0.1:9880"),
              std::string::npos);
    EXPECT_NE(logon_advice("MsgSeqNum too low, expecting 9", session).find("--store"), std::string::npos);
    EXPECT_NE(
        logon_advice("disconnected: the peer closed", session).find("DESK -> PENSTOCK"), std::string::npos);
}

}  // namespace
}  // namespace penstock::client
