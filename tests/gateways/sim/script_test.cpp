#include "gateways/sim/script.hpp"
#include "tests/places.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace penstock::sim {
namespace {

Traits of_quantity(std::string_view quantity) {
    return {*Symbol::from("XYZ"), *Quantity::parse(quantity), {}, {}, 1};
}

Script script_of(std::string_view file) {
    Script script;
    EXPECT_EQ(script.read("s.txt", file), std::nullopt);
    return script;
}

std::string problem_of_file(std::string_view file) {
    Script script;
    return script.read("s.txt", file).value_or("none");
}

TEST(Script, DefaultQuantitiesChooseEveryBehaviour) {
    const Script script;
    for (const BehaviourRow& row : behaviour_table()) {
        if (row.default_quantity == 0) continue;
        EXPECT_EQ(
            script.choose(of_quantity(std::to_string(row.default_quantity))), default_of(row.behaviour));
    }
    EXPECT_EQ(script.choose(of_quantity("100")), Misbehaviour{});
}

TEST(Script, FileComesBeforeTheDefaultsAndItsFirstMatchCounts) {
    const Script script = script_of(
        "# mine\n"
        "qty 1001 late_ack 5   # not reject\n"
        "\n"
        "qty 2000..2999 bust\r\n"
        "symbol ABC no_answer\n"
        "qty 1..5000 none\n");
    EXPECT_EQ(script.choose(of_quantity("1001")), (Misbehaviour{Behaviour::LateAck, 5}));
    EXPECT_EQ(script.choose(of_quantity("2999")).behaviour, Behaviour::Bust);
    EXPECT_EQ(script.choose(of_quantity("1002")).behaviour, Behaviour::None);
    Traits abc = of_quantity("1");
    abc.symbol = *Symbol::from("ABC");
    EXPECT_EQ(script.choose(abc).behaviour, Behaviour::NoAnswer);
}

TEST(Script, TextRuleLooksForAWordAnywhereInText) {
    Traits traits = of_quantity("1");
    traits.text = "please be slow today";
    EXPECT_EQ(script_of("text slow late_ack 9").choose(traits), (Misbehaviour{Behaviour::LateAck, 9}));
}

TEST(Script, EveryCountsNewOrdersOnly) {
    const Script script = script_of("every 3 reject");
    Traits traits = of_quantity("1");
    traits.arrival = 6;
    EXPECT_EQ(script.choose(traits).behaviour, Behaviour::Reject);
    traits.arrival = 7;
    EXPECT_EQ(script.choose(traits).behaviour, Behaviour::None);
    traits.arrival = 0;
    EXPECT_EQ(script.choose(traits).behaviour, Behaviour::None);
}

TEST(Script, TagComesBeforeTextBeforeRules) {
    const Script script = script_of("qty 7 reject");
    Traits traits = of_quantity("7");
    traits.text = "sim:late_ack 3";
    EXPECT_EQ(script.choose(traits), (Misbehaviour{Behaviour::LateAck, 3}));
    traits.tag_value = "bust:4";
    EXPECT_EQ(script.choose(traits), (Misbehaviour{Behaviour::Bust, 4}));
}

TEST(Script, MisspeltTagIsToldApart) {
    Traits traits = of_quantity("7");
    EXPECT_FALSE(Script::is_misspelt(traits));
    traits.tag_value = "rejct";
    EXPECT_TRUE(Script::is_misspelt(traits));
}

TEST(Script, NoDefaultsSwitchesTheQuantitiesOff) {
    EXPECT_EQ(script_of("no_defaults").choose(of_quantity("1001")), Misbehaviour{});
    EXPECT_EQ(Script::well_behaved().choose(of_quantity("1001")), Misbehaviour{});
}

TEST(Script, ProblemsNameFileLineAndWhatWasExpected) {
    EXPECT_EQ(problem_of_file("qty 5 reject\nqantity 6 reject"),
              "s.txt:2: 'qantity 6 reject': expected qty, symbol, text, every or no_defaults");
    EXPECT_EQ(problem_of_file("qty x reject"),
              "s.txt:1: 'qty x reject': expected a quantity or low..high after qty");
    EXPECT_EQ(problem_of_file("qty 9..5 reject").substr(0, 8), "s.txt:1:");
    EXPECT_EQ(problem_of_file("every 0 reject"),
              "s.txt:1: 'every 0 reject': expected a whole number from 1 after every");
    EXPECT_EQ(problem_of_file("\n\nqty 5 rejct"),
              "s.txt:3: 'qty 5 rejct': expected the name of a behaviour and, if it takes one, a whole number "
              "after it");
}

TEST(Script, BrokenFileLeavesTheScriptAsItWas) {
    Script script;
    ASSERT_TRUE(script.read("s.txt", "qty 5 reject\nrubbish"));
    EXPECT_EQ(script.choose(of_quantity("5")), Misbehaviour{});
}

TEST(Readme, HasARowForEachBehaviourWithItsQuantity) {
    std::ifstream file(tests::source_dir() + "/gateways/sim/README.md");
    std::stringstream text;
    text << file.rdbuf();
    for (const BehaviourRow& row : behaviour_table()) {
        if (row.default_quantity == 0) continue;
        std::string start = "| " + std::to_string(row.default_quantity) + " | `" + std::string(row.name);
        if (row.parameter != Parameter::None) start += " " + std::to_string(row.default_parameter);
        EXPECT_NE(text.str().find(start + "` |"), std::string::npos) << start;
    }
}

}  // namespace
}  // namespace penstock::sim
