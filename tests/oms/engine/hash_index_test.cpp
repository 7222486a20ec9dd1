#include "oms/engine/hash_index.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <string>

namespace penstock::oms {
namespace {

/// An index of eight cells (room for three) whose entries lie where the test puts them: the low bits of
/// a hash are the home cell.
class TinyIndex {
  public:
    void insert(std::uint32_t slot, std::uint32_t home) {
        hashes_[slot] = home | slot << 8;
        index_.insert(hashes_[slot], slot);
    }
    void erase(std::uint32_t slot) {
        index_.erase(hashes_[slot], slot);
        hashes_.erase(slot);
    }
    bool finds(std::uint32_t slot, std::uint32_t home) const {
        return index_.find(home | slot << 8, [&](std::uint32_t at) { return at == slot; }) == slot;
    }
    bool finds_all() const {
        for (const auto& [slot, hash] : hashes_)
            if (!finds(slot, hash & 0xFF)) return false;
        return index_.size() == hashes_.size();
    }

  private:
    HashIndex index_{3};
    std::map<std::uint32_t, std::uint32_t> hashes_;
};

TEST(HashIndex, FindsWhatWasPutInAndNothingElse) {
    TinyIndex index;
    index.insert(1, 3);
    EXPECT_TRUE(index.finds(1, 3));
    EXPECT_FALSE(index.finds(2, 3));
    EXPECT_FALSE(index.finds(1, 4));
}

TEST(HashIndex, ErasingClosesTheGapAcrossTheEndOfTheTable) {
    TinyIndex index;
    index.insert(1, 7);  // cell 7
    index.insert(2, 7);  // cell 0
    index.insert(3, 0);  // cell 1
    index.erase(1);
    EXPECT_TRUE(index.finds_all());
    index.erase(2);
    EXPECT_TRUE(index.finds_all());
}

TEST(HashIndex, ErasingLeavesAnEntryThatIsAtHome) {
    TinyIndex index;
    index.insert(1, 7);
    index.insert(2, 0);
    index.insert(3, 7);  // cell 1, past an entry at home
    index.erase(1);
    EXPECT_TRUE(index.finds_all());
}

TEST(HashIndex, ErasingWhatIsNotThereChangesNothing) {
    HashIndex index(3);
    index.insert(5, 1);
    index.erase(5, 2);
    EXPECT_EQ(index.size(), 1U);
}

RC_GTEST_PROP(HashIndex, FindsExactlyWhatIsInAfterAnyHistory, ()) {
    TinyIndex index;
    std::map<std::uint32_t, std::uint32_t> model;
    std::uint32_t next = 1;
    for (int i = 0; i < 40; ++i) {
        if (model.size() < 3 && *rc::gen::arbitrary<bool>()) {
            // Homes near the end of the table, so that runs of entries wrap around it.
            const std::uint32_t home = (6 + *rc::gen::inRange<std::uint32_t>(0, 4)) % 8;
            index.insert(next, home);
            model[next++] = home;
        } else if (!model.empty()) {
            const auto victim =
                std::next(model.begin(), *rc::gen::inRange<int>(0, static_cast<int>(model.size())));
            index.erase(victim->first);
            RC_ASSERT(!index.finds(victim->first, victim->second));
            model.erase(victim);
        }
        RC_ASSERT(index.finds_all());
    }
}

TEST(HashBytes, TellsNeighboursAndLengthsApart) {
    EXPECT_NE(hash_bytes("a1", 0), hash_bytes("a2", 0));
    EXPECT_NE(hash_bytes("", 0), hash_bytes(std::string_view("\0", 1), 0));
    EXPECT_NE(hash_bytes("12345678", 0), hash_bytes("123456789", 0));
    EXPECT_NE(hash_bytes("a1", 0), hash_bytes("a1", 1));
    EXPECT_EQ(hash_bytes("12345678abc", 5), hash_bytes("12345678abc", 5));
}

/// As it is written down: words of eight bytes, the last one filled up with zeros.
std::uint64_t hash_by_the_book(std::string_view bytes, std::uint64_t seed) {
    std::uint64_t hash = seed ^ (bytes.size() * 0x9E3779B97F4A7C15ULL);
    for (std::size_t at = 0; at <= bytes.size(); at += 8) {
        std::uint64_t word = 0;
        for (std::size_t i = at; i < std::min(at + 8, bytes.size()); ++i)
            word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * (i - at));
        hash = (hash ^ word) * 0xFF51AFD7ED558CCDULL;
        hash ^= hash >> 32;
    }
    hash *= 0xC4CEB9FE1A85EC53ULL;
    return hash ^ (hash >> 29);
}

TEST(HashBytes, IsTheSameOfEveryLengthAsSnapshotsHoldIt) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
        EXPECT_EQ(hash_bytes(text, 7), hash_by_the_book(text, 7)) << text.size() << " bytes";
        text += static_cast<char>(0x81 + 37 * i);
    }
}

}  // namespace
}  // namespace penstock::oms
