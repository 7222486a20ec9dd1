#include "apps/runtime/patience.hpp"

#include <gtest/gtest.h>

namespace penstock::apps {
namespace {

using namespace std::chrono_literals;

TEST(Patience, StartsShortAndGrowsOnlyWhenWorkKeepsComing) {
    Patience patience(50us, 300us);
    EXPECT_EQ(patience.now(), 50us);
    patience.learn(200us);
    EXPECT_EQ(patience.now(), 50us);
    for (int i = 0; i < 20; ++i) patience.learn(200us);
    EXPECT_EQ(patience.now(), 300us);
}

TEST(Patience, TwoLongPausesEndTheWatch) {
    Patience patience(50us, 300us);
    for (int i = 0; i < 1000; ++i) patience.learn(10us);
    patience.learn(1s);
    patience.learn(1s);
    EXPECT_EQ(patience.now(), 50us);
}

TEST(Patience, WorkThatIsRarerThanTheWatchIsSleptFor) {
    Patience patience(50us, 300us);
    for (int i = 0; i < 1000; ++i) patience.learn(400us);
    EXPECT_EQ(patience.now(), 50us);
}

TEST(Patience, NeverLooksLongerThanTheLeastWhenTheMostIsLess) {
    Patience patience(50us, 0us);
    for (int i = 0; i < 100; ++i) patience.learn(1us);
    EXPECT_EQ(patience.now(), 50us);
    Patience blocks(0us, 0us);
    for (int i = 0; i < 100; ++i) blocks.learn(1us);
    EXPECT_EQ(blocks.now(), 0us);
}

}  // namespace
}  // namespace penstock::apps
