// QuickFIX starts a session again at one when UTC's day is another than its store's; ours has no such day.

#include <gtest/gtest.h>
#include <sys/time.h>

#include <ctime>
#include <optional>

#include "tests/fix/session/our_acceptor.hpp"
#include "tests/fix/session/script.hpp"

namespace {

std::optional<timeval> set_time;  // none: the real one

}  // namespace

/// What QuickFIX asks for the time. Nothing else here does.
extern "C" int gettimeofday(timeval* now, void*) noexcept {
    if (set_time) {
        *now = *set_time;
        return 0;
    }
    timespec real{};
    clock_gettime(CLOCK_REALTIME, &real);
    *now = {real.tv_sec, real.tv_nsec / 1000};
    return 0;
}

namespace penstock::fix::test {
namespace {

TEST(Midnight, AMessageThatIsInHandWhenTheDayEndsResetsNothing) {
    const std::time_t day = 86'400;
    const std::time_t midnight = (std::time(nullptr) / day + 1) * day;
    set_time = timeval{midnight - 1, 999'999};
    OurAcceptor one(Version::Fix44, OurAcceptor::Lanes::SlowOnly, [](SessionSettings& settings) {
        settings.reset_on_logon = false;
        settings.check_latency = false;
    });
    one.connect();
    one.exchange(bytes("35=A|34=1|98=0|108=30|"));
    ASSERT_TRUE(one.session().is_logged_on());
    one.on_app = [&](FixSession&, const AppMessage&) { set_time = timeval{midnight, 1}; };
    one.exchange(bytes("35=D|34=2|11=o1|21=1|38=100|40=2|44=10.25|54=1|55=XYZ|60=now|"));
    set_time.reset();
    EXPECT_EQ(one.delivered, "D2 ");
    EXPECT_TRUE(one.is_connected());
    EXPECT_EQ(one.session().next_number_in(), 3U);
    EXPECT_EQ(one.session().next_number_out(), 2U);
}

}  // namespace
}  // namespace penstock::fix::test
