#include "fix/codec/frame.hpp"

#include <gtest/gtest.h>

#include "tests/fix/codec/samples.hpp"
#include "tests/fix/codec/wire.hpp"

namespace penstock::fix::test {
namespace {

constexpr std::size_t kMax = 4096;
using Kind = FrameScan::Kind;

TEST(Frame, IsCutBehindTheCheckSum) {
    const std::string one = new_order_single(Version::Fix44);
    EXPECT_EQ(scan_frame(one + "8=FIX", kMax), (FrameScan{Kind::Frame, 0, one.size()}));
}

TEST(Frame, GarbageInFrontIsSkipped) {
    const std::string one = new_order_single(Version::Fix44);
    EXPECT_EQ(scan_frame("hello" + one, kMax), (FrameScan{Kind::Frame, 5, one.size()}));
}

TEST(Frame, AnEightAtTheEndMayBeAStart) {
    EXPECT_EQ(scan_frame("hello8", kMax), (FrameScan{Kind::NeedMore, 5, 0}));
    EXPECT_EQ(scan_frame("hello", kMax), (FrameScan{Kind::NeedMore, 5, 0}));
    EXPECT_EQ(scan_frame("", kMax), (FrameScan{Kind::NeedMore, 0, 0}));
}

TEST(Frame, AWrongCheckSumIsStillAFrame) {
    const std::string one = soh("8=FIX.4.4|9=5|35=0|10=XYZ|");
    EXPECT_EQ(scan_frame(one, kMax), (FrameScan{Kind::Frame, 0, one.size()}));
}

TEST(Frame, ALengthThatIsNoNumberGivesUpEverythingReceived) {
    for (const char* length : {"", "-5", "12x", "x"}) {
        const std::string bytes = soh("8=FIX.4.4|9=") + length + soh("|35=0|10=000|");
        EXPECT_EQ(scan_frame(bytes, kMax), (FrameScan{Kind::Discard, bytes.size(), 0})) << length;
    }
}

TEST(Frame, AnAnnouncedLengthBeyondTheLimitHangsUpBeforeItIsReceived) {
    EXPECT_EQ(scan_frame(soh("8=FIX.4.4|9=2000000000|"), kMax).kind, Kind::TooLarge);
    EXPECT_EQ(scan_frame(soh("8=FIX.4.4|9=99999999999999999999999|"), kMax).kind, Kind::TooLarge);
}

TEST(Frame, AMessageThatNeverEndsHangsUp) {
    EXPECT_EQ(scan_frame("8=" + std::string(kMax, 'x'), kMax).kind, Kind::TooLarge);
    EXPECT_EQ(scan_frame(soh("8=FIX.4.4|9=5|35=0|") + std::string(kMax, 'x'), kMax).kind, Kind::TooLarge);
}

/// Feeds chunks to the scanner as a connection does.
class Cutter {
  public:
    std::vector<std::string> add(const std::string& bytes) {
        buffer_ += bytes;
        std::vector<std::string> messages;
        for (;;) {
            const FrameScan scan = scan_frame(buffer_, std::size_t{1} << 30);
            buffer_.erase(0, scan.skip);
            hung_up_ = scan.kind == Kind::TooLarge;
            if (scan.kind == Kind::NeedMore || hung_up_) return messages;
            if (scan.kind == Kind::Discard) continue;
            messages.push_back(buffer_.substr(0, scan.size));
            buffer_.erase(0, scan.size);
        }
    }

    bool hung_up() const { return hung_up_; }

  private:
    std::string buffer_;
    bool hung_up_ = false;
};

std::string mutated(std::string bytes, Random& random) {
    constexpr std::string_view kInteresting = "\x01=890-135x";
    for (std::uint64_t i = random.below(4); i > 0 && !bytes.empty(); --i) {
        const std::size_t at = random.below(bytes.size());
        switch (random.below(4)) {
            case 0: bytes[at] = random.pick(kInteresting); break;
            case 1: bytes.erase(at, random.below(8)); break;
            case 2: bytes.insert(at, 1, random.pick(kInteresting)); break;
            default: bytes.insert(at, bytes.substr(random.below(bytes.size()), random.below(12))); break;
        }
    }
    return bytes;
}

TEST(Frame, StreamsAreCutAsQuickFixCutsThem) {
    const std::vector<std::string> samples = valid_messages(Version::Fix44);
    std::size_t cut = 0;
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        Random random(seed);
        std::string stream;
        for (std::uint64_t i = 1 + random.below(6); i > 0; --i)
            stream += mutated(random.pick(samples), random);
        oracle::Stream theirs;
        Cutter ours;
        while (!stream.empty()) {
            const std::string chunk = stream.substr(0, 1 + random.below(300));
            stream.erase(0, chunk.size());
            const auto expected = theirs.add(chunk);
            const auto made = ours.add(chunk);
            // A length of more than 32 bits wraps in QuickFIX; we do not go on with such a peer.
            if (ours.hung_up()) break;
            ASSERT_EQ(made, expected) << "seed " << seed;
            cut += expected.size();
        }
    }
    EXPECT_GT(cut, 8000U);
}

}  // namespace
}  // namespace penstock::fix::test
