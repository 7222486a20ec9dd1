#include "fix/codec/validate.hpp"

#include <gtest/gtest.h>

#include "tests/fix/codec/samples.hpp"
#include "tests/fix/codec/wire.hpp"

namespace penstock::fix::test {
namespace {

Verdict verdict(Version version, const std::string& bytes) {
    MessageIndex index;
    return index.parse(bytes) ? check(index, version) : Verdict::NotClean;
}

/// A 4.4 order with one field added, or changed when it is there.
Verdict with(const std::string& tag, const std::string& value) {
    std::vector<std::string> fields = split(new_order_single(Version::Fix44));
    bool changed = false;
    for (std::string& field : fields) {
        if (field.substr(0, field.find('=')) != tag) continue;
        field = tag + "=" + value;
        changed = true;
    }
    if (!changed) fields.insert(fields.end() - 1, tag + "=" + value);
    return verdict(Version::Fix44, resealed(join(fields)));
}

TEST(Check, ValidMessagesOfEveryKindServedAreClean) {
    for (const Version version : kVersions)
        for (const std::string& valid : valid_messages(version))
            EXPECT_EQ(verdict(version, valid), Verdict::Clean) << readable(valid);
}

TEST(Check, AnotherVersionsBeginStringIsNotClean) {
    EXPECT_EQ(verdict(Version::Fix42, new_order_single(Version::Fix44)), Verdict::NotClean);
}

TEST(Check, SessionMessagesAreLeftToTheSession) {
    EXPECT_EQ(verdict(Version::Fix44, message(Version::Fix44, "0", "")), Verdict::NotClean);
    EXPECT_EQ(verdict(Version::Fix44, message(Version::Fix44, "A", "98=0|108=30")), Verdict::NotClean);
}

TEST(Check, EachRequiredFieldIsMissed) {
    const std::vector<std::string> fields = split(new_order_single(Version::Fix44));
    for (const char* tag : {"34=", "49=", "52=", "56=", "11=", "55=", "54=", "60=", "40="}) {
        std::vector<std::string> without;
        for (const std::string& field : fields)
            if (field.find(tag) != 0) without.push_back(field);
        ASSERT_EQ(without.size() + 1, fields.size()) << tag;
        EXPECT_EQ(verdict(Version::Fix44, resealed(join(without))), Verdict::NotClean) << tag;
    }
}

TEST(Check, ValuesMustHaveTheirFormat) {
    EXPECT_EQ(with("38", "1.5"), Verdict::Clean);
    for (const char* bad : {"abc", "1e5", "+1", "1.", "", " 1", "1,5"})
        EXPECT_EQ(with("38", bad), Verdict::NotClean) << bad;
    EXPECT_EQ(with("60", "20260230-00:00:00"), Verdict::NotClean);
    EXPECT_EQ(with("60", "20260102-24:00:00"), Verdict::NotClean);
    EXPECT_EQ(with("60", "20260102-00:00:00.1234567890"), Verdict::NotClean);
    EXPECT_EQ(with("60", "20260102-00:00:00.123456789"), Verdict::Clean);
    EXPECT_EQ(with("43", "maybe"), Verdict::NotClean);
}

TEST(Check, EnumeratedValuesMustBeInTheVersion) {
    EXPECT_EQ(with("54", "2"), Verdict::Clean);
    EXPECT_EQ(with("54", "Z"), Verdict::NotClean);
    EXPECT_EQ(with("18", "6 G"), Verdict::Clean);
    EXPECT_EQ(with("18", "6 ?"), Verdict::NotClean);
    EXPECT_EQ(with("18", "6 "), Verdict::NotClean);
}

TEST(Check, FieldsMustBelongToTheMessage) {
    EXPECT_EQ(with("150", "0"), Verdict::NotClean);
    EXPECT_EQ(with("9999", "x"), Verdict::NotClean);
    EXPECT_EQ(with("4999", "x"), Verdict::NotClean);
}

TEST(Check, SectionsMustComeInOrderAndNothingTwice) {
    const auto order = [](const char* body) {
        return verdict(Version::Fix44, message(Version::Fix44, "D", body));
    };
    constexpr const char* kGood = "11=c|55=A|54=1|60=20260102-03:04:05|38=1|40=1";
    EXPECT_EQ(order(kGood), Verdict::Clean);
    EXPECT_EQ(order((std::string(kGood) + "|97=N").c_str()), Verdict::NotClean);
    EXPECT_EQ(order((std::string("97=N|") + kGood).c_str()), Verdict::Clean);
    EXPECT_EQ(order((std::string(kGood) + "|54=1").c_str()), Verdict::NotClean);
}

TEST(Check, GroupsMustHoldWhatTheirCountSays) {
    const auto parties = [](const std::string& group) {
        return verdict(
            Version::Fix44,
            message(Version::Fix44, "D", "11=c|" + group + "|55=A|54=1|60=20260102-03:04:05|38=1|40=1"));
    };
    EXPECT_EQ(parties("453=1|448=A|447=D|452=1"), Verdict::Clean);
    EXPECT_EQ(parties("453=2|448=A|447=D|452=1|448=B|447=D|452=3"), Verdict::Clean);
    EXPECT_EQ(parties("453=1|448=A|447=D|452=1|448=B"), Verdict::NotClean);
    EXPECT_EQ(parties("453=2|448=A|447=D|452=1"), Verdict::NotClean);
    EXPECT_EQ(parties("453=0"), Verdict::NotClean);
    EXPECT_EQ(parties("453=1|447=D|448=A"), Verdict::NotClean);
    EXPECT_EQ(parties("453=1|448=A|452=1|447=D"), Verdict::NotClean);
    EXPECT_EQ(parties("453=1|448=A|447=?"), Verdict::NotClean);
    EXPECT_EQ(parties("453=-1|448=A"), Verdict::NotClean);
}

TEST(Check, AnotherApplicationVersionInTheHeaderIsNotClean) {
    const std::string body = "11=c|55=A|54=1|60=20260102-03:04:05|38=1|40=1";
    EXPECT_EQ(verdict(Version::Fix50Sp2, message(Version::Fix50Sp2, "D", "1128=9|" + body)), Verdict::Clean);
    EXPECT_EQ(
        verdict(Version::Fix50Sp2, message(Version::Fix50Sp2, "D", "1128=6|" + body)), Verdict::NotClean);
}

}  // namespace
}  // namespace penstock::fix::test
