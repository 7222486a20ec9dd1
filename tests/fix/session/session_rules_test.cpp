// The session rules of a stock QuickFIX acceptor hold on ours, byte for byte but for times: each
// script runs against QuickFIX itself, our acceptor, and our acceptor with the fast lane off.

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/fix/session/our_acceptor.hpp"
#include "tests/fix/session/script.hpp"
#include "tests/fix/session/stock_oracle.hpp"
#include "tests/places.hpp"

namespace penstock::fix::test {
namespace {

struct Case {
    std::string file;
    Version version;
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.file << " in " << begin_string(one.version); }

std::string tag_of(Version version) {
    switch (version) {
        case Version::Fix42: return "4.2";
        case Version::Fix44: return "4.4";
        case Version::Fix50Sp2: return "5.0";
    }
    return {};
}

std::vector<Case> all_cases() {
    std::vector<Case> cases;
    for (const auto& entry :
         std::filesystem::directory_iterator(tests::source_dir() + "/tests/fix/session/rules"))
        for (const Version version : {Version::Fix42, Version::Fix44, Version::Fix50Sp2})
            cases.push_back({entry.path().string(), version});
    std::sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) {
        return std::tie(a.file, a.version) < std::tie(b.file, b.version);
    });
    return cases;
}

std::unique_ptr<StockOracle> oracle_for(Version version) {
    const bool is_fixt = version == Version::Fix50Sp2;
    const Dialect session = version == Version::Fix42   ? Dialect::Fix42
                            : version == Version::Fix44 ? Dialect::Fix44
                                                        : Dialect::Fixt11;
    return StockOracle::make(std::string(begin_string(version)), std::string(quickfix_xml(session)),
                             is_fixt ? std::string(quickfix_xml(Dialect::Fix50Sp2)) : std::string());
}

class SessionRules : public testing::TestWithParam<Case> {};

TEST_P(SessionRules, AreThoseOfAStockAcceptor) {
    const Case& one = GetParam();
    const std::string begin(begin_string(one.version));
    const auto stock = oracle_for(one.version);
    OurAcceptor both(one.version, OurAcceptor::Lanes::Both);
    OurAcceptor slow(one.version, OurAcceptor::Lanes::SlowOnly);
    stock->connect();
    both.connect();
    slow.connect();

    std::vector<std::string> answers;
    for (const ScriptLine& line : read_script(one.file, tag_of(one.version))) {
        SCOPED_TRACE(one.file + ":" + std::to_string(line.number) + " in " + begin);
        switch (line.kind) {
            case ScriptLine::Kind::Send:
            case ScriptLine::Kind::SendRaw: {
                ASSERT_TRUE(answers.empty()) << "not expected: " << readable(answers.front());
                const bool raw = line.kind == ScriptLine::Kind::SendRaw;
                const std::string bytes = raw ? line.text : complete(line.text, begin);
                std::string said;
                stock->receive(bytes, said);
                const auto stock_said = comparable(said);
                const auto both_said = comparable(both.exchange(bytes));
                const auto slow_said = comparable(slow.exchange(bytes));
                ASSERT_EQ(stock_said, slow_said);
                ASSERT_EQ(stock_said, both_said);
                answers = stock_said;
                break;
            }
            case ScriptLine::Kind::Expect:
                ASSERT_FALSE(answers.empty()) << "nothing came, expected " << readable(line.text);
                ASSERT_TRUE(contains_in_order(answers.front(), line.text))
                    << "expected " << readable(line.text) << "\n     got " << readable(answers.front());
                answers.erase(answers.begin());
                break;
            case ScriptLine::Kind::Disconnect:
                ASSERT_FALSE(stock->is_connected()) << "the stock acceptor stays";
                ASSERT_FALSE(slow.is_connected());
                ASSERT_FALSE(both.is_connected());
                break;
            case ScriptLine::Kind::Connect:
                stock->connect();
                both.connect();
                slow.connect();
                break;
        }
        ASSERT_EQ(both.delivered, slow.delivered);
    }
    EXPECT_TRUE(answers.empty()) << "not expected: " << readable(answers.front());
    EXPECT_EQ(stock->is_connected(), both.is_connected());
}

std::string name_of(const testing::TestParamInfo<Case>& info) {
    std::string name =
        std::filesystem::path(info.param.file).stem().string() + "_" + tag_of(info.param.version);
    std::replace_if(
        name.begin(), name.end(), [](char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Scripts, SessionRules, testing::ValuesIn(all_cases()), name_of);

}  // namespace
}  // namespace penstock::fix::test
