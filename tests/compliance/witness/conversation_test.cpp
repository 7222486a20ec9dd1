#include <gtest/gtest.h>

#include <algorithm>

#include "compliance/tlog/base64.hpp"
#include "compliance/witness/rules.hpp"
#include "tests/compliance/support/vectors.hpp"

// Recorded conversations with litewitness, as published in torchwood: requests, expected statuses and texts.

namespace penstock::compliance::test {
namespace {

constexpr std::uint64_t kNow = 1'700'000'000;
constexpr auto kGoSumKey = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

struct Exchange {
    std::string request;
    std::uint16_t status = 0;
    std::string contains;
    std::string equals;
};

/// What stands between two marks, from `at` on, which moves behind the second.
std::string between(const std::string& text, std::size_t& at, const std::string& first,
                    const std::string& last) {
    const std::size_t start = text.find(first, at);
    if (start == std::string::npos) return {};
    const std::size_t from = start + first.size();
    const std::size_t end = text.find(last, from);
    at = end + last.size();
    return text.substr(from, end - from);
}

std::vector<Exchange> exchanges_of(const std::string& file) {
    const std::string text = slurp(audit_vectors() / "torchwood" / file);
    std::vector<Exchange> exchanges;
    std::size_t at = text.find("-- add-checkpoint.hurl --");
    for (;;) {
        Exchange exchange;
        exchange.request = between(text, at, "```\n", "```\n");
        if (exchange.request.empty()) return exchanges;
        exchange.status = static_cast<std::uint16_t>(std::stoi(between(text, at, "HTTP ", "\n")));
        const std::string assertion = between(text, at, "body ", "\"\n");
        const std::size_t quote = assertion.find('"');
        const std::string value = assertion.substr(quote + 1);
        if (assertion.starts_with("contains")) exchange.contains = value;
        if (assertion.starts_with("==")) exchange.equals = value.substr(0, value.find('\\')) + "\n";
        exchanges.push_back(exchange);
    }
}

/// The seed in an unencrypted OpenSSH key: the first half of the 64 bytes after the second public key.
Seed seed_in(const std::string& file) {
    const std::string text = slurp(audit_vectors() / "torchwood" / file);
    std::size_t at = text.find("-- witness_key.pem --");
    std::string base64 = between(text, at, "KEY-----\n", "-----END");
    base64.erase(std::remove(base64.begin(), base64.end(), '\n'), base64.end());
    const std::string key = from_base64(base64).value_or("");
    const std::string mark("\0\0\0\x40", 4);
    const std::size_t secret = key.find(mark) + mark.size();
    Seed seed{};
    std::copy_n(key.begin() + static_cast<std::ptrdiff_t>(secret), seed.size(), seed.begin());
    return seed;
}

/// sigsum names a log by its key: the origin ends with the hash of the public key, and the file has that.
WitnessedLog sigsum_log(const std::string& file) {
    const std::string text = slurp(audit_vectors() / "torchwood" / file);
    std::size_t at = 0;
    const std::string key = from_hex(between(text, at, "add-sigsum-log -key=", "\n")).value_or("");
    PublicKey public_key{};
    std::copy_n(key.begin(), std::min(key.size(), public_key.size()), public_key.begin());
    const std::string origin = "sigsum.org/v1/tree/" + to_hex(view(sha256(key)));
    const Hash id = sha256(origin, std::string_view("\n\x01", 2), key);
    return {
        origin, {*parse_vkey(origin + "+" + to_hex(view(id)).substr(0, 8) + "+" + to_base64("\x01" + key))}};
}

/// Plays the whole conversation, the state going from one exchange to the next.
std::vector<std::uint16_t> play(const std::string& file, WitnessedLog log) {
    const WitnessRules rules{make_signer("example.com/witness", KeyType::Cosignature, seed_in(file)),
                             {std::move(log)},
                             UnknownOrigin::Forbidden};
    WitnessState state;
    std::vector<std::uint16_t> statuses;
    for (const Exchange& exchange : exchanges_of(file)) {
        const WitnessAnswer answer = judge(rules, state, exchange.request, kNow);
        EXPECT_EQ(answer.status, exchange.status) << exchange.request << answer.body;
        EXPECT_NE(answer.body.find(exchange.contains), std::string::npos) << answer.body;
        EXPECT_TRUE(exchange.equals.empty() || answer.body == exchange.equals) << answer.body;
        if (answer.accepted) state[answer.accepted->origin] = answer.accepted->head;
        statuses.push_back(answer.status);
    }
    return statuses;
}

TEST(WitnessConversation, LitewitnessAnswersAlike) {
    PENSTOCK_NEED_VECTORS("torchwood/litewitness.txt");
    const std::vector<std::uint16_t> expected = {200, 403, 403, 422, 422, 200, 409, 200, 409};
    EXPECT_EQ(play("litewitness.txt", sigsum_log("litewitness.txt")), expected);
}

TEST(WitnessConversation, TheGoChecksumDatabaseIsCountersigned) {
    PENSTOCK_NEED_VECTORS("torchwood/sumdb.txt");
    const WitnessedLog log{"go.sum database tree", {*parse_vkey(kGoSumKey)}};
    EXPECT_EQ(play("sumdb.txt", log), std::vector<std::uint16_t>{200});
}

TEST(WitnessConversation, AnUnknownLogIsNotFoundUnlessToldOtherwise) {
    PENSTOCK_NEED_VECTORS("torchwood/sumdb.txt");
    WitnessRules rules{make_signer("example.com/witness", KeyType::Cosignature, Seed{}), {}};
    const std::string request = exchanges_of("sumdb.txt").at(0).request;
    EXPECT_EQ(judge(rules, {}, request, kNow).status, 404);
    rules.unknown_origin = UnknownOrigin::Forbidden;
    EXPECT_EQ(judge(rules, {}, request, kNow).status, 403);
}

}  // namespace
}  // namespace penstock::compliance::test
