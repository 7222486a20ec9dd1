#include <gtest/gtest.h>

#include "tests/config/files.hpp"

namespace penstock::config {
namespace {

/// As an acceptance test of session rules writes it.
const std::string kAcceptance = R"([DEFAULT]
ConnectionType=acceptor
SocketAcceptPort=5001
SocketReuseAddress=Y
StartTime=00:00:00
EndTime=00:00:00
SenderCompID=ISLD
TargetCompID=TW
ResetOnLogon=Y
FileStorePath=store
UseDataDictionary=Y

[SESSION]
BeginString=FIX.4.2

[SESSION]
BeginString=FIX.4.4

[SESSION]
BeginString=FIXT.1.1
DefaultApplVerID=FIX.5.0SP2
)";

Loaded load_cfg(std::string_view text) {
    const Folder folder;
    return load_quickfix_cfg(folder.write("sessions.cfg", text));
}

TEST(QuickFixCfg, AnAcceptanceTestsFileIsAcceptedUnchanged) {
    const Loaded loaded = load_cfg(kAcceptance);

    EXPECT_TRUE(loaded.problems.empty());
    EXPECT_TRUE(loaded.warnings.empty());
    ASSERT_TRUE(loaded.config);
    ASSERT_EQ(loaded.config->sessions.size(), 3U);
    constexpr fix::Version kVersions[] = {fix::Version::Fix42, fix::Version::Fix44, fix::Version::Fix50Sp2};
    for (std::size_t i = 0; i < 3; ++i) {
        const SessionConfig& session = loaded.config->sessions[i];
        EXPECT_EQ(session.role, oms::SessionRole::Client);
        EXPECT_EQ(session.fix.version, kVersions[i]);
        EXPECT_EQ(session.fix.sender_comp_id, "ISLD");
        EXPECT_EQ(session.fix.target_comp_id, "TW");
        EXPECT_TRUE(session.fix.reset_on_logon);
        EXPECT_FALSE(session.fix.is_initiator);
    }
    ASSERT_EQ(loaded.config->listeners.size(), 1U);
    EXPECT_EQ(loaded.config->listeners[0].host, "127.0.0.1");
    EXPECT_EQ(loaded.config->listeners[0].port, 5001);
}

TEST(QuickFixCfg, AccountsOfGivesASessionItsAccountsAndRole) {
    const Folder folder;
    folder.write("sessions.cfg", kAcceptance);
    const std::string toml =
        "[fix]\nsettings_file = \"sessions.cfg\"\n" + good_toml() +
        "[[fix.accounts_of]]\nsession = \"FIX.4.4:ISLD->TW\"\naccounts = [\"A1\"]\n"
        "[[fix.accounts_of]]\nsession = \"FIX.4.2:ISLD->TW\"\nrole = \"drop_copy\"\n";
    const Loaded loaded = load(folder.write("penstock.toml", toml));

    EXPECT_EQ(folder.short_texts(loaded.problems), std::vector<std::string>{});
    EXPECT_EQ(
        folder.short_texts(loaded.warnings),
        std::vector<std::string>{"sessions.cfg:19: session: \"FIXT.1.1:ISLD->TW\" may trade for no account; "
                                 "name it in [[fix.accounts_of]]"});
    ASSERT_TRUE(loaded.config);
    EXPECT_EQ(loaded.config->sessions[0].role, oms::SessionRole::DropCopy);
    EXPECT_EQ(loaded.config->sessions[1].accounts, std::vector<std::string>{"A1"});
    EXPECT_EQ(loaded.config->listeners.size(), 2U);
}

TEST(QuickFixCfg, AccountsOfNamesASessionOfTheFile) {
    const std::string toml =
        good_toml() + "[[fix.accounts_of]]\nsession = \"FIX.4.4:A->B\"\naccounts = [\"A1\"]\n";
    EXPECT_EQ(
        problem_at("session = \"FIX.4.4:A", toml),
        "fix.accounts_of.session: is \"FIX.4.4:A->B\"; expected an acceptor session of fix.settings_file");
}

TEST(QuickFixCfg, KeysIgnoreCaseAndBlanksAndASessionOverridesTheDefault) {
    const Loaded loaded = load_cfg(
        "# comment\n  [DEFAULT]  \r\n connectiontype = acceptor \nSOCKETACCEPTPORT=1\nSenderCompID=A#B\n"
        "TargetCompID=C\n[SESSION]\nBeginString=FIX.4.4\nTargetCompID=D E\nMillisecondsInTimeStamp=N\n"
        "SessionQualifier=Q\n");
    EXPECT_TRUE(loaded.problems.empty());
    ASSERT_TRUE(loaded.config);
    const fix::SessionSettings& session = loaded.config->sessions.at(0).fix;
    EXPECT_EQ(session.sender_comp_id, "A#B");
    EXPECT_EQ(session.target_comp_id, "D E");
    EXPECT_EQ(session.qualifier, "Q");
    EXPECT_EQ(session.timestamp_precision, 0);
}

TEST(QuickFixCfg, AnInitiatorKeepsQuickFixsEvenReconnects) {
    const Loaded loaded = load_cfg(
        "[SESSION]\nConnectionType=initiator\nBeginString=FIX.4.4\nSenderCompID=A\nTargetCompID=B\n"
        "HeartBtInt=10\nSocketConnectHost=venue.example.com\nSocketConnectPort=7001\nReconnectInterval=5\n");
    EXPECT_TRUE(loaded.problems.empty());
    ASSERT_TRUE(loaded.config);
    const SessionConfig& session = loaded.config->sessions.at(0);
    EXPECT_EQ(session.role, oms::SessionRole::Venue);
    EXPECT_TRUE(session.fix.is_initiator);
    EXPECT_EQ(session.fix.host, "venue.example.com");
    EXPECT_EQ(session.fix.port, 7001);
    EXPECT_EQ(session.fix.reconnect_interval, Duration::seconds(5));
    EXPECT_EQ(session.fix.max_reconnect_interval, Duration::seconds(5));
    EXPECT_TRUE(loaded.config->listeners.empty());
}

TEST(QuickFixCfg, EachBadValueIsNamedWithItsLine) {
    const auto with = [](const std::string& line) { return changed(kAcceptance, "ResetOnLogon=Y", line); };
    EXPECT_EQ(cfg_problem_at("ResetOnLogon", with("ResetOnLogon=yes")),
              "ResetOnLogon: is \"yes\"; expected Y or N");
    EXPECT_EQ(cfg_problem_at("LogonTimeout", with("LogonTimeout=10s")),
              "LogonTimeout: is \"10s\"; expected a whole number from 1 to 3600");
    EXPECT_EQ(cfg_problem_at("SocketAcceptPort", changed(kAcceptance, "5001", "70000")),
              "SocketAcceptPort: is \"70000\"; expected a whole number from 1 to 65535");
    EXPECT_EQ(cfg_problem_at("BeginString=FIX.4.3", changed(kAcceptance, "FIX.4.2", "FIX.4.3")),
              "BeginString: is \"FIX.4.3\"; expected FIX.4.2, FIX.4.4 or FIXT.1.1 (with 5.0SP2)");
    EXPECT_EQ(cfg_problem_at("DefaultApplVerID", changed(kAcceptance, "FIX.5.0SP2", "FIX.5.0")),
              "DefaultApplVerID: is \"FIX.5.0\"; expected FIX.5.0SP2");
    EXPECT_EQ(cfg_problem_at("ConnectionType", changed(kAcceptance, "=acceptor", "=server")),
              "ConnectionType: is \"server\"; expected acceptor or initiator");
    EXPECT_EQ(cfg_problem_at("SocketAcceptHost", with("SocketAcceptHost=fix.example.com")),
              "SocketAcceptHost: is \"fix.example.com\"; expected an IP address such as 127.0.0.1");
}

TEST(QuickFixCfg, WhatIsMissingIsNamedAtItsSession) {
    EXPECT_EQ(cfg_problem_at(
                  "[SESSION]\nBeginString=FIXT", changed(kAcceptance, "DefaultApplVerID=FIX.5.0SP2\n", "")),
              "DefaultApplVerID: is missing; expected DefaultApplVerID=FIX.5.0SP2");
    EXPECT_EQ(cfg_problems_of("[DEFAULT]\n"),
              std::vector<std::string>{"sessions.cfg: has no [SESSION]; expected at least one"});
    EXPECT_EQ(cfg_problems_of("[SESSION]\n").size(), 4U);
}

TEST(QuickFixCfg, ASessionTwiceIsRefused) {
    const std::string text = cfg_problem_at(
        "[SESSION]\nBeginString=FIX.4.4", changed(kAcceptance, "FIX.4.2\n\n[SESSION]\nBeginString=FIX.4.4",
                                                  "FIX.4.4\n\n[SESSION]\nBeginString=FIX.4.4"));
    EXPECT_NE(text.find("is defined again"), std::string::npos) << text;
}

TEST(QuickFixCfg, BeyondLoopbackNeedsTlsAndCredentialsHereToo) {
    const auto problems =
        cfg_problems_of(changed(kAcceptance, "ResetOnLogon=Y", "SocketAcceptAddress=0.0.0.0"));
    ASSERT_EQ(problems.size(), 4U);
    EXPECT_EQ(
        problems[0],
        "sessions.cfg:3: fix.listener.host: is \"0.0.0.0\", beyond loopback, without tls; expected tls, or a "
        "host such as 127.0.0.1");
}

TEST(QuickFixCfg, UnknownKeysAreWarningsWithTheNearestKnownOne) {
    const auto with = [](const std::string& line) {
        return changed(kAcceptance, "FileStorePath=store", line);
    };
    EXPECT_EQ(cfg_warning_at("ResetOnLogn", with("ResetOnLogn=Y")),
              "ResetOnLogn: is not a known key and has no effect; did you mean \"ResetOnLogon\"?");
    EXPECT_EQ(cfg_warning_at("HttpAcceptPort", with("HttpAcceptPort=80")),
              "HttpAcceptPort: has no effect; there is no web page of sessions here");
    EXPECT_EQ(cfg_warning_at(
                  "UseDataDictionary", changed(kAcceptance, "UseDataDictionary=Y", "UseDataDictionary=N")),
              "UseDataDictionary: has no effect; Penstock always validates with a dictionary");
    EXPECT_EQ(cfg_warnings_of(with("FileLogPath=log\nSocketNodelay=Y\nMySQLStoreHost=db")),
              std::vector<std::string>{});
}

TEST(QuickFixCfg, ADictionaryThatIsNotThereIsReplacedByOursWithAWarning) {
    const std::string cfg =
        changed(kAcceptance, "BeginString=FIX.4.4", "BeginString=FIX.4.4\nDataDictionary=no.xml");
    EXPECT_EQ(cfg_problems_of(cfg), std::vector<std::string>{});
    EXPECT_EQ(cfg_warning_at("DataDictionary=no", cfg),
              "DataDictionary: is \"no.xml\", which cannot be read; Penstock's own is used");
}

TEST(QuickFixCfg, ADictionaryIsFoundBesideTheFile) {
    const Folder folder;
    folder.write("spec/FIX44.xml", "<fix/>");
    const Loaded loaded = load_quickfix_cfg(folder.write(
        "sessions.cfg",
        changed(kAcceptance, "BeginString=FIX.4.4", "BeginString=FIX.4.4\nDataDictionary=spec/FIX44.xml")));
    ASSERT_TRUE(loaded.config);
    EXPECT_EQ(loaded.config->sessions[1].fix.dictionary_file, folder.path() / "spec/FIX44.xml");
}

TEST(QuickFixCfg, ServerCertificatesMakeATlsListener) {
    const Folder folder;
    folder.write("server.pem", "");
    const Loaded loaded = load_quickfix_cfg(folder.write(
        "sessions.cfg", changed(kAcceptance, "ResetOnLogon=Y",
                                "ServerCertificateFile=server.pem\nServerCertificateKeyFile=server.pem\n"
                                "CertificationAuthoritiesFile=server.pem\nCertificateVerifyLevel=2\n"
                                "AllowedRemoteAddresses=127.0.0.1, 10.1.2.3")));
    EXPECT_EQ(folder.short_texts(loaded.problems), std::vector<std::string>{});
    ASSERT_TRUE(loaded.config);
    ASSERT_EQ(loaded.config->listeners.size(), 1U);
    const fix::ListenerSettings& listener = loaded.config->listeners[0];
    EXPECT_TRUE(listener.tls.enabled && listener.tls.require_peer_certificate);
    EXPECT_EQ(listener.tls.certificate_file, folder.path() / "server.pem");
    EXPECT_EQ(listener.allowed_addresses, (std::vector<std::string>{"127.0.0.1", "10.1.2.3"}));
}

TEST(QuickFixCfg, ACertificateIsWholeAndReadable) {
    const auto with = [](const std::string& line) { return changed(kAcceptance, "ResetOnLogon=Y", line); };
    EXPECT_EQ(cfg_problem_at("ServerCertificateFile", with("ServerCertificateFile=sessions.cfg")),
              "ServerCertificateFile: stands alone; expected ServerCertificateKeyFile with it");
    EXPECT_EQ(cfg_problem_at("ServerCertificateKeyFile", with("ServerCertificateKeyFile=no.pem")),
              "ServerCertificateKeyFile: is \"no.pem\", which cannot be read; expected a PEM file");
}

TEST(QuickFixCfg, SessionsOfOnePortShareOneListener) {
    const std::string cfg =
        changed(kAcceptance, "BeginString=FIX.4.4", "BeginString=FIX.4.4\nSocketAcceptAddress=127.0.0.2");
    EXPECT_EQ(
        cfg_problem_at("SocketAcceptPort", cfg),
        "SocketAcceptPort: is shared with the session at line 3; expected the same address, certificates "
        "and allowed addresses");
    const Loaded two =
        load_cfg(changed(kAcceptance, "BeginString=FIX.4.4", "BeginString=FIX.4.4\nSocketAcceptPort=5002"));
    ASSERT_TRUE(two.config);
    EXPECT_EQ(two.config->listeners.size(), 2U);
}

}  // namespace
}  // namespace penstock::config
