// What a witness may answer, and what is made of it. The witness here is the real one's rules.
#include "compliance/follower/witness_client.hpp"

#include <gtest/gtest.h>

#include "compliance/witness/rules.hpp"
#include "tests/compliance/support/logs.hpp"
#include "tests/compliance/support/memory_files.hpp"

namespace penstock::compliance::test {
namespace {

class WitnessClientTest : public testing::Test {
  protected:
    WitnessClientTest() : log(must(TiledLog::create(files, test_log()))) {
        Seed seed{};
        seed[0] = 9;
        rules.signer = make_signer("witness.test/w", KeyType::Cosignature, seed);
        rules.logs.push_back({test_log().origin, {verifier_of(test_log().signer)}});
        client.emplace(
            verifier_of(rules.signer), [this](std::string_view body) { return post(body); },
            [this](std::string_view line) { said += std::string(line) + "\n"; });
    }

    HttpAnswer post(std::string_view body) {
        ++posts;
        if (is_down) return {0, "it cannot be connected to"};
        WitnessAnswer answer = judge(rules, state, body, 1);
        if (answer.accepted) state[answer.accepted->origin] = answer.accepted->head;
        return {answer.status, answer.body};
    }
    bool ask(std::uint64_t size, Timestamp now) {
        EXPECT_FALSE(grow(log, size));
        TileReader reader(files, size);
        return client->ask(log.checkpoint(), log.published(), reader, now).has_value();
    }

    MemoryFiles files;
    TiledLog log;
    WitnessRules rules;
    WitnessState state;
    bool is_down = false;
    int posts = 0;
    std::string said;
    std::optional<WitnessClient> client;
};

constexpr Timestamp at(std::int64_t seconds) { return Timestamp{seconds * 1'000'000'000}; }

TEST_F(WitnessClientTest, GetsItsCheckpointsCountersigned) {
    EXPECT_TRUE(ask(5, at(0)));
    EXPECT_TRUE(ask(300, at(2)));
    EXPECT_EQ(client->cosigned(), 300U);
    EXPECT_EQ(said, "");
}

TEST_F(WitnessClientTest, BeginsWhereTheWitnessSaysItIs) {
    EXPECT_TRUE(ask(5, at(0)));
    client.emplace(
        verifier_of(rules.signer), [this](std::string_view body) { return post(body); },
        [](std::string_view) {});
    EXPECT_TRUE(ask(300, at(2)));
    EXPECT_EQ(posts, 3);
}

TEST_F(WitnessClientTest, WaitsLongerAfterEachFailureAndWarnsOnce) {
    is_down = true;
    EXPECT_FALSE(ask(5, at(0)));
    EXPECT_FALSE(client->is_due(5, at(0)));
    EXPECT_TRUE(client->is_due(5, at(1)));
    EXPECT_FALSE(ask(5, at(1)));
    EXPECT_FALSE(client->is_due(5, at(2)));
    EXPECT_TRUE(client->is_due(5, at(3)));
    EXPECT_EQ(
        said,
        "witness witness.test/w cannot be reached: it cannot be connected to. The newest tree it is known to "
        "have countersigned has 0 records, this one has 5. Trading goes on, and it is asked again "
        "(docs/runbooks/audit.md)\n");
    is_down = false;
    EXPECT_TRUE(ask(6, at(3)));
    EXPECT_NE(said.find("countersigns again, up to record 6"), std::string::npos);
}

TEST_F(WitnessClientTest, SaysThatTheAuditWasRolledBack) {
    state[test_log().origin] = head_of(300);
    EXPECT_FALSE(ask(5, at(0)));
    EXPECT_NE(said.find("rolled back or cut"), std::string::npos) << said;
}

TEST_F(WitnessClientTest, SaysThatTheAuditWasRewritten) {
    state[test_log().origin] = {3, Hash{}};
    EXPECT_FALSE(ask(5, at(0)));
    EXPECT_NE(said.find("records were rewritten"), std::string::npos) << said;
}

TEST_F(WitnessClientTest, SaysThatTheWitnessKnowsNeitherLogNorKey) {
    rules.logs[0].keys.clear();
    EXPECT_FALSE(ask(5, at(0)));
    EXPECT_NE(said.find("(403)"), std::string::npos) << said;
    rules.logs.clear();
    EXPECT_FALSE(ask(6, at(9)));
    EXPECT_NE(said.find("(404)"), std::string::npos) << said;
}

TEST_F(WitnessClientTest, BelievesNoCountersignatureOfAnotherKey) {
    Seed seed{};
    seed[0] = 8;
    rules.signer = make_signer("witness.test/w", KeyType::Cosignature, seed);
    EXPECT_FALSE(ask(5, at(0)));
    EXPECT_NE(said.find("gave no countersignature of its key"), std::string::npos) << said;
}

TEST(HttpUrl, IsReadOrRefused) {
    const auto plain = parse_http_url("http://witness.example:7380/base/");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->host + " " + plain->port + " " + plain->path, "witness.example 7380 /base");
    const auto six = parse_http_url("http://[::1]:80");
    ASSERT_TRUE(six);
    EXPECT_EQ(six->host, "::1");
    for (const char* wrong : {"https://a", "http://", "http://a:b", "http://a b", "a:80", "http://a:123456"})
        EXPECT_FALSE(parse_http_url(wrong)) << wrong;
}

}  // namespace
}  // namespace penstock::compliance::test
