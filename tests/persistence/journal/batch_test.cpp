#include "persistence/journal/batch.hpp"

#include <gtest/gtest.h>

#include "tests/persistence/journal/random_record.hpp"

namespace penstock::persistence {

TEST(Batch, RecordsAreFoundBySeqAndVerify) {
    Batch batch;
    Random random(2);
    for (std::uint64_t seq = 5; seq < 25; ++seq)
        batch.add(view_of(random_record(random, seq)), {7, kSyncedFlag});

    std::string_view rest = batch.records();
    for (std::uint64_t seq = 5; seq < 25; ++seq) {
        RecordAt found;
        ASSERT_EQ(find_record(rest, found), Found::Whole);
        EXPECT_EQ(found.header.seq, seq);
        EXPECT_EQ(found.header.epoch, 7U);
        EXPECT_EQ(found.header.batch_index, seq - 5);
        EXPECT_EQ(found.payload, batch.payload(seq));
        rest.remove_prefix(found.size);
    }
    EXPECT_TRUE(rest.empty());
    EXPECT_TRUE(batch.payload(4).empty());
    EXPECT_TRUE(batch.payload(25).empty());
}

TEST(Batch, OneHugeRecordFits) {
    Batch batch;
    oms::Record huge = new_order_record(1);
    huge.outputs.resize(5'000, huge.outputs.front());
    batch.add(view_of(huge), {});

    oms::Record back;
    ASSERT_EQ(decode(batch.payload(1), back), Fault::None);
    EXPECT_EQ(back.outputs.size(), huge.outputs.size());
    EXPECT_TRUE(batch.full());
}

}  // namespace penstock::persistence
