#include "compliance/witness/witness.hpp"

#include <gtest/gtest.h>

#include "tests/compliance/support/logs.hpp"
#include "tests/compliance/support/memory_files.hpp"

namespace penstock::compliance::test {
namespace {

constexpr std::uint64_t kNow = 1'700'000'000;

SignerKey witness_key() {
    Seed seed{};
    seed[0] = 9;
    return make_signer("witness.example/w1", KeyType::Cosignature, seed);
}

WitnessedLog known_log() {
    const LogSettings settings = test_log();
    return {settings.origin, {verifier_of(settings.signer)}};
}

/// A log that grows in memory, and the requests it would send.
class Log {
  public:
    explicit Log(std::string prefix = "record ") : prefix_(std::move(prefix)) {}

    std::string request(std::uint64_t old_size, std::uint64_t size) {
        std::string text = "old " + std::to_string(old_size) + "\n";
        const auto proof = consistency_proof(tree(size), old_size, size);
        for (const Hash& hash : proof.value_or(Proof{})) text += line_of(hash);
        return text + "\n" + to_text(checkpoint(size));
    }
    Note checkpoint(std::uint64_t size) {
        const LogSettings settings = test_log();
        return signed_by(settings.signer, {settings.origin, {size, *subtree_hash(tree(size), {0, size})}});
    }
    static std::string line_of(const Hash& hash) {
        return to_text(RecordProof{{}, 0, {hash}, {}})
            .substr(std::string("c2sp.org/tlog-proof@v1\nindex 0\n").size(), 45);
    }

  private:
    class Tree final : public NodeReader {
      public:
        std::vector<Hash> leaves;
        std::optional<Hash> node(unsigned level, std::uint64_t index) override {
            if (level == 0) return leaves.at(index);
            return node_hash(*node(level - 1, 2 * index), *node(level - 1, 2 * index + 1));
        }
    };
    Tree& tree(std::uint64_t size) {
        while (tree_.leaves.size() < size)
            tree_.leaves.push_back(leaf_hash(prefix_ + std::to_string(tree_.leaves.size())));
        return tree_;
    }

    std::string prefix_;
    Tree tree_;
};

class WitnessTest : public testing::Test {
  protected:
    void SetUp() override { ASSERT_FALSE(Witness::add_log(files_, witness_key(), known_log(), kNow)); }
    Witness opened() {
        auto witness = Witness::open(files_, witness_key(), UnknownOrigin::NotFound);
        if (const auto* problem = std::get_if<std::string>(&witness)) ADD_FAILURE() << *problem;
        return std::get<Witness>(std::move(witness));
    }
    static std::uint16_t status(Witness& witness, const std::string& request) {
        return witness.add_checkpoint(request, kNow).status;
    }

    MemoryFiles files_;
    Log log_;
};

TEST_F(WitnessTest, CountersignsALogThatOnlyGrows) {
    Witness witness = opened();
    std::uint64_t before = 0;
    for (const std::uint64_t size : {1U, 2U, 7U, 7U, 300U}) {
        const WitnessAnswer answer = witness.add_checkpoint(log_.request(before, size), kNow);
        ASSERT_EQ(answer.status, 200) << answer.body;
        auto note = parse_note(to_text(log_.checkpoint(size)) + answer.body);
        ASSERT_TRUE(note);
        const SignatureCheck check = check_signature(*note, verifier_of(witness_key()));
        EXPECT_EQ(check.found, Signed::Good);
        EXPECT_EQ(check.unix_time, kNow);
        before = size;
    }
}

TEST_F(WitnessTest, RefusesARollbackAndTellsWhatItSaw) {
    Witness witness = opened();
    ASSERT_EQ(status(witness, log_.request(0, 10)), 200);
    const WitnessAnswer back = witness.add_checkpoint(log_.request(0, 5), kNow);
    EXPECT_EQ(back.status, 409);
    EXPECT_EQ(back.body, "10\n");
    EXPECT_EQ(back.content_type, "text/x.tlog.size");
    EXPECT_EQ(status(witness, log_.request(5, 20)), 409);
}

TEST_F(WitnessTest, RefusesAnotherHistorySignedWithTheRightKey) {
    Witness witness = opened();
    Log rewritten("another ");
    ASSERT_EQ(status(witness, log_.request(0, 10)), 200);
    EXPECT_EQ(status(witness, rewritten.request(10, 12)), 422);
    EXPECT_EQ(status(witness, rewritten.request(10, 10)), 409);
    EXPECT_EQ(status(witness, log_.request(10, 12)), 200);
}

TEST_F(WitnessTest, SaysWhatIsWrongWithARequest) {
    Witness witness = opened();
    const std::string good = log_.request(0, 3);
    EXPECT_EQ(status(witness, ""), 400);
    EXPECT_EQ(status(witness, "old 00\n\n" + to_text(log_.checkpoint(3))), 400);
    EXPECT_EQ(status(witness, "old 4\n\n" + to_text(log_.checkpoint(3))), 400);
    EXPECT_EQ(status(witness, good + std::string(kMaxRequestBytes, 'x')), 400);
    EXPECT_EQ(
        status(witness, "old 0\n" + Log::line_of(empty_root()) + "\n" + to_text(log_.checkpoint(3))), 422);
    std::string many = "old 0\n";
    for (std::size_t line = 0; line <= kMaxProof; ++line) many += Log::line_of(empty_root());
    EXPECT_EQ(status(witness, many + "\n" + to_text(log_.checkpoint(3))), 400);
    Note unsigned_note = log_.checkpoint(3);
    unsigned_note.signatures[0].blob[5] ^= 1;
    EXPECT_EQ(status(witness, "old 0\n\n" + to_text(unsigned_note)), 403);
    Checkpoint foreign{"unknown.example", {0, empty_root()}};
    EXPECT_EQ(status(witness, "old 0\n\n" + to_text(signed_by(test_log().signer, foreign))), 404);
    EXPECT_EQ(status(witness, good), 200);
}

TEST_F(WitnessTest, RemembersAcrossARestart) {
    {
        Witness witness = opened();
        ASSERT_EQ(status(witness, log_.request(0, 10)), 200);
    }
    Witness witness = opened();
    EXPECT_EQ(status(witness, log_.request(0, 5)), 409);
    EXPECT_EQ(status(witness, log_.request(10, 11)), 200);
}

TEST_F(WitnessTest, DiesAtAnyCallAndNeverSignsTwoHistories) {
    std::uint64_t deaths = 0;
    for (std::uint64_t call = 0;; ++call) {
        MemoryFiles files(files_.tree());
        auto first = std::get<Witness>(Witness::open(files, witness_key(), UnknownOrigin::NotFound));
        files.die_at(files.calls() + call, 40);
        const WitnessAnswer answer = first.add_checkpoint(log_.request(0, 10), kNow);
        if (!files.is_dead()) break;
        ++deaths;
        EXPECT_EQ(answer.status, 500);
        EXPECT_EQ(first.add_checkpoint(log_.request(0, 10), kNow).status, 500);
        for (const std::uint64_t kept : {~0ULL, 0ULL, 1ULL, 2ULL}) {
            MemoryFiles left = files.after_power_failure(kept);
            auto again = Witness::open(left, witness_key(), UnknownOrigin::NotFound);
            ASSERT_TRUE(std::holds_alternative<Witness>(again));
            // Nothing was answered, so either state is right; what was kept must be whole.
            const std::uint64_t size = std::get<Witness>(again).state().at(known_log().origin).size;
            EXPECT_TRUE(size == 0 || size == 10) << size;
        }
    }
    EXPECT_EQ(deaths, 4U);
}

TEST_F(WitnessTest, DoesNotStartWithoutItsMemory) {
    const auto problem_after = [this](const std::string& suffix, bool is_erased) {
        MemoryFiles files(files_.tree());
        for (auto& [name, bytes] : files_.tree()) {
            if (!name.ends_with(suffix)) continue;
            if (is_erased) files.tree().erase(name);
            if (!is_erased) files.tree()[name][bytes.size() / 2] ^= 1;
        }
        const auto witness = Witness::open(files, witness_key(), UnknownOrigin::NotFound);
        const auto* problem = std::get_if<std::string>(&witness);
        return problem == nullptr ? std::string("started") : *problem;
    };
    EXPECT_NE(problem_after(".seen", true).find("is missing"), std::string::npos);
    EXPECT_NE(problem_after(".seen", false).find("is damaged"), std::string::npos);
    EXPECT_NE(problem_after(".log", false).find("is damaged"), std::string::npos);
    EXPECT_TRUE(Witness::add_log(files_, witness_key(), known_log(), kNow));
}

}  // namespace
}  // namespace penstock::compliance::test
