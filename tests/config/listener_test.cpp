#include <gtest/gtest.h>

#include "tests/config/files.hpp"

namespace penstock::config {
namespace {

const std::string kGood = good_toml();
const std::string kHost = "host = \"127.0.0.1\"\nport = 9880";
const std::string kTls =
    "\ntls = { certificate_file = \"penstock.toml\", private_key_file = \"penstock.toml\"}";
const std::string kMutualTls =
    "\ntls = { certificate_file = \"penstock.toml\", private_key_file = \"penstock.toml\", "
    "ca_file = \"penstock.toml\", require_peer_certificate = true }";
const std::string kPassword =
    "username = \"desk\"\npassword_hash = \"$argon2id$v=19$m=65536,t=2,p=1$c2FsdHNhbHQ$aGFzaA\"\n";

std::string with_listener(const std::string& text) { return changed(kGood, kHost, text); }
std::string with_session(const std::string& toml, const std::string& more) {
    return changed(toml, "accounts = [\"A1\"]\n", "accounts = [\"A1\"]\n" + more);
}

TEST(ListenerConfig, EveryKeyIsRead) {
    const Folder folder;
    const Loaded loaded = load(folder.write("penstock.toml", with_listener(R"(host = "localhost"
port = 0
allowed_addresses = ["127.0.0.1", "::1"]
max_pending_connections = 5
max_accepts_per_second = 6
logon_deadline_s = 7
max_message_bytes_before_logon = 1024)" + kMutualTls)));

    EXPECT_EQ(folder.short_texts(loaded.problems), std::vector<std::string>{});
    ASSERT_TRUE(loaded.config);
    const fix::ListenerSettings& listener = loaded.config->listeners.at(0);
    EXPECT_EQ(listener.host, "127.0.0.1");
    EXPECT_EQ(listener.port, 0);
    EXPECT_EQ(listener.allowed_addresses, (std::vector<std::string>{"127.0.0.1", "::1"}));
    EXPECT_EQ(listener.max_pending_connections, 5U);
    EXPECT_EQ(listener.max_accepts_per_second, 6U);
    EXPECT_EQ(listener.logon_deadline, Duration::seconds(7));
    EXPECT_EQ(listener.max_message_bytes_before_logon, 1024U);
    EXPECT_TRUE(listener.tls.enabled);
    EXPECT_TRUE(listener.tls.require_peer_certificate);
    EXPECT_EQ(listener.tls.certificate_file, folder.path() / "penstock.toml");
}

TEST(ListenerConfig, AHostIsAnAddress) {
    EXPECT_EQ(problem_at("host = \"fix", with_listener("host = \"fix.example.com\"\nport = 9880")),
              "fix.listener.host: is \"fix.example.com\"; expected an IP address such as \"127.0.0.1\"");
    EXPECT_EQ(problem_at("allowed", with_listener(kHost + "\nallowed_addresses = [\"10.0.0.0/8\"]")),
              "fix.listener.allowed_addresses: has \"10.0.0.0/8\"; expected single addresses such as "
              "\"10.1.2.3\"");
}

TEST(ListenerConfig, AMissingPortIsAProblem) {
    EXPECT_EQ(problem_at("[[fix.listener]]", with_listener("host = \"127.0.0.1\"")),
              "fix.listener.port: is missing; expected a port, or 0 for any free one");
}

TEST(ListenerConfig, TwoOnOnePortAreRefusedUnlessTheirAddressesDiffer) {
    const std::string second = "\n\n[[fix.listener]]  # second\nport = 9880\nhost = ";
    const std::string text =
        problem_at("[[fix.listener]]  #", with_listener(kHost + second + "\"127.0.0.1\""));
    EXPECT_TRUE(text.starts_with("fix.listener.port: is 9880, as that of the listener at ")) << text;

    EXPECT_EQ(problems_of(with_listener(kHost + second + "\"127.0.0.2\"")), std::vector<std::string>{});
}

TEST(ListenerConfig, BeyondLoopbackWithoutTlsIsRefused) {
    const std::string toml = with_session(with_listener("host = \"0.0.0.0\"\nport = 9880"), kPassword);
    EXPECT_EQ(
        problem_at("[[fix.listener]]", toml),
        "fix.listener.host: is \"0.0.0.0\", beyond loopback, without tls; expected tls, or a host such as "
        "127.0.0.1");
}

TEST(ListenerConfig, BeyondLoopbackWithoutCredentialsIsRefused) {
    const std::string toml = with_listener("host = \"10.0.0.1\"\nport = 9880" + kTls);
    const std::string expected =
        "fix.session: \"FIX.4.4:PENSTOCK->DESK1\" can be reached from beyond loopback; expected username and "
        "password_hash, or certificate_name with require_peer_certificate on the listener";
    EXPECT_EQ(problem_at("[[fix.session]]", toml), expected);
    EXPECT_EQ(problems_of(with_session(toml, kPassword)), std::vector<std::string>{});
}

TEST(ListenerConfig, BeyondLoopbackACertificateBoundToTheSessionIsEnough) {
    const std::string toml = with_listener("host = \"10.0.0.1\"\nport = 9880" + kMutualTls);
    EXPECT_EQ(problems_of(toml).size(), 1U);
    EXPECT_EQ(problems_of(with_session(toml, "certificate_name = \"desk1\"\n")), std::vector<std::string>{});
}

TEST(ListenerConfig, ACertificateNameNeedsAListenerThatAsksForCertificates) {
    EXPECT_EQ(
        problem_at("[[fix.session]]", with_session(kGood, "certificate_name = \"desk1\"\n")),
        "fix.session.certificate_name: needs certificates to look at; expected require_peer_certificate = "
        "true in the tls of a [[fix.listener]]");
}

TEST(ListenerConfig, MissingTlsFilesAreNamed) {
    const std::string tls = "\ntls = { certificate_file = \"no.pem\", private_key_file = \"penstock.toml\" }";
    EXPECT_EQ(problem_at("tls =", with_listener(kHost + tls)),
              "fix.listener.tls.certificate_file: cannot read no.pem; expected a file");
    EXPECT_EQ(problem_at("tls =", with_listener(kHost + "\ntls = {}")),
              "fix.listener.tls.certificate_file: is missing; expected a PEM file, with private_key_file");
    EXPECT_EQ(problem_at("tls =", with_listener(kHost + "\ntls = { certificate_file = \"penstock.toml\" }")),
              "fix.listener.tls.certificate_file: stands alone; expected \"private_key_file\" with it");
}

TEST(ListenerConfig, AskingForCertificatesNeedsAnAuthority) {
    const std::string tls = changed(kMutualTls, "ca_file = \"penstock.toml\", ", "");
    EXPECT_EQ(
        problem_at("tls =", with_listener(kHost + tls)),
        "fix.listener.tls.require_peer_certificate: needs ca_file; expected whose certificates to accept");
}

TEST(ListenerConfig, ASessionNobodyCanReachIsRefused) {
    EXPECT_EQ(problem_at("[[fix.session]]", changed(kGood, "[[fix.listener]]\n" + kHost + "\n", "")),
              "fix.session: nobody can connect to \"FIX.4.4:PENSTOCK->DESK1\"; expected a [[fix.listener]]");
}

}  // namespace
}  // namespace penstock::config
