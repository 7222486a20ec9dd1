#include "compliance/tlog/note.hpp"

#include <gtest/gtest.h>

#include "compliance/tlog/base64.hpp"
#include "compliance/tlog/checkpoint.hpp"
#include "tests/compliance/support/vectors.hpp"

namespace penstock::compliance::test {
namespace {

SignerKey signer(std::string_view name = "example.com/log", KeyType type = KeyType::Ed25519) {
    Seed seed{};
    seed[0] = 7;
    return make_signer(name, type, seed);
}

TEST(NoteVectors, PublishedNotesVerifyAndSignAlike) {
    PENSTOCK_NEED_VECTORS("signed_note.json");
    const Json vectors = parse_json(slurp(audit_vectors() / "signed_note.json"));
    for (const Json& vector : vectors["notes"].items) {
        const auto key = parse_vkey(vector["vkey"].text);
        const auto note = parse_note(vector["signed_note"].text);
        ASSERT_TRUE(key && note) << vector["vkey"].text;
        EXPECT_EQ(check_signature(*note, *key).found, Signed::Good);
        EXPECT_EQ(to_vkey(*key), vector["vkey"].text);
        EXPECT_EQ(to_text(*note), vector["signed_note"].text);
        if (vector["skey"].text.empty()) continue;
        const auto secret = parse_skey(vector["skey"].text);
        ASSERT_TRUE(secret);
        EXPECT_EQ(to_skey(*secret), vector["skey"].text);
        EXPECT_EQ(verifier_of(*secret), *key);
        EXPECT_EQ(sign_text(*secret, note->text), note->signatures.at(0));
    }
    EXPECT_EQ(vectors["notes"].items.size(), 2U);
    for (const Json& bad : vectors["bad_vkeys"].items) EXPECT_FALSE(parse_vkey(bad.text)) << bad.text;
    EXPECT_EQ(vectors["bad_vkeys"].items.size(), 2U);
}

TEST(NoteVectors, TextOfAGoTreeNoteIsACheckpointAndComesBack) {
    PENSTOCK_NEED_VECTORS("signed_note.json");
    const Json tree = parse_json(slurp(audit_vectors() / "signed_note.json"))["tree_note"];
    const auto checkpoint = parse_checkpoint(tree["text"].text);
    ASSERT_TRUE(checkpoint);
    EXPECT_EQ(checkpoint->head.size, tree["n"].number());
    EXPECT_EQ(checkpoint->head.root, leaf_hash(tree["record_ascii"].text));
    EXPECT_EQ(to_text(*checkpoint), tree["text"].text);
}

TEST(Note, SignatureOfAnotherTextIsBadAndOneOfAnUnknownKeyIsPassedOver) {
    Note note{"one\n", {sign_text(signer(), "two\n")}};
    EXPECT_EQ(check_signature(note, verifier_of(signer())).found, Signed::Bad);
    EXPECT_EQ(check_signature(note, verifier_of(signer("example.com/other"))).found, Signed::Absent);
}

TEST(Note, CosignatureTellsTheTimeAndCoversIt) {
    const SignerKey witness = signer("example.com/witness", KeyType::Cosignature);
    Note note{"one\n", {cosign_text(witness, "one\n", 1'700'000'000)}};
    const SignatureCheck good = check_signature(note, verifier_of(witness));
    EXPECT_EQ(good.found, Signed::Good);
    EXPECT_EQ(good.unix_time, 1'700'000'000U);
    note.signatures[0].blob[7] ^= 1;
    EXPECT_EQ(check_signature(note, verifier_of(witness)).found, Signed::Bad);
}

TEST(Note, OddFormsAreRefused) {
    const std::string good = to_text(Note{"text\n", {sign_text(signer(), "text\n")}});
    EXPECT_TRUE(parse_note(good));
    const std::string line = good.substr(6);
    const std::vector<std::string> bad_notes = {
        "text\n",
        "text\n\n",
        "text\n" + line,
        good.substr(0, good.size() - 1),
        "te\rxt\n\n" + line,
        "te\xFFxt\n\n" + line,
        good + "more\n",
        good + "\n"};
    for (const std::string& bad : bad_notes) EXPECT_FALSE(parse_note(bad)) << bad;
}

TEST(Key, NamesWithSpacesOrPlusAreRefused) {
    EXPECT_TRUE(is_key_name("penstock.example/prod/1/audit"));
    for (const char* bad : {"", "a b", "a+b", "a\nb", "a\u00A0b", "a\u3000b", "\xFF"})
        EXPECT_FALSE(is_key_name(bad)) << bad;
}

TEST(Key, IdOfAnotherNameIsRefused) {
    std::string text = to_vkey(verifier_of(signer()));
    text[0] = 'E';
    EXPECT_FALSE(parse_vkey(text));
}

TEST(Checkpoint, OddFormsAreRefused) {
    const std::string root = to_base64(view(empty_root()));
    EXPECT_TRUE(parse_checkpoint("o\n0\n" + root + "\n"));
    const std::vector<std::string> bad_texts = {
        "o\n0\n" + root,         "\n0\n" + root + "\n",
        "o\n00\n" + root + "\n", "o\n-1\n" + root + "\n",
        "o\n+1\n" + root + "\n", "o\n9223372036854775808\n" + root + "\n",
        "o\n1\nAAAA\n",          "o\n1\n" + root + "\nextension\n"};
    for (const std::string& bad : bad_texts) EXPECT_FALSE(parse_checkpoint(bad)) << bad;
}

TEST(RecordProof, ComesBackAsWritten) {
    RecordProof proof{"context", 3, {leaf_hash("a"), leaf_hash("b")}, {}};
    proof.checkpoint = signed_by(signer(), {"o", {4, leaf_hash("r")}});
    const auto parsed = parse_proof(to_text(proof));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(to_text(*parsed), to_text(proof));
    EXPECT_EQ(parsed->extra, "context");
    EXPECT_EQ(parsed->inclusion, proof.inclusion);
    EXPECT_FALSE(parse_proof("c2sp.org/tlog-proof@v2\n" + to_text(proof)));
}

TEST(Base64, OnlyTheOneEncodingIsTaken) {
    EXPECT_EQ(from_base64("AA=="), std::string(1, '\0'));
    for (const char* bad : {"AA", "AA=", "AB==", "AAA", "A===", "====", "AA==AA==", "AA\n="})
        EXPECT_FALSE(from_base64(bad)) << bad;
}

}  // namespace
}  // namespace penstock::compliance::test
