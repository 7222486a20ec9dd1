#include <map>
#include <set>

#include "gateways/sim/random.hpp"
#include "tests/gateways/sim/dialog_fixture.hpp"

namespace penstock::sim {
namespace {

/// Random orders, requests and waits, scripted quantities among them. The fixture holds every message
/// against the dictionary; here the numbers in the reports are held against each other.
class DialogProperty : public DialogTest {
  protected:
    void one_step(Random& random) {
        const std::string id = "I" + std::to_string(++ids_);
        const std::string orig = "I" + std::to_string(1 + random.below(ids_));
        const std::string limit = std::to_string(9 + random.below(3));
        // One quantity in three is of the table.
        const std::int64_t units = random.below(3) == 0 ? 1001 + random.below(17) : 1 + random.below(200);
        const std::string quantity = std::to_string(units);
        constexpr char kTimes[] = {'0', '0', '1', '3', '4'};
        switch (random.below(8)) {
            case 0: cancel(id, orig); return;
            case 1: replace(id, orig, quantity, limit); return;
            case 2: status(orig); return;
            case 3: wait_ms(random.below(60)); return;
            case 4: bob_sells(quantity, limit); return;
            default:
                order({.id = id,
                       .quantity = quantity,
                       .limit = random.below(9) == 0 ? "" : limit,
                       .time_in_force = kTimes[random.below(5)]});
        }
    }
    void check_numbers(const Fields& f) {
        if (f.type != "8" || f[38].empty()) return;
        const Quantity ordered = qty(f[38]);
        const Quantity filled = qty(f[14]);
        const Quantity left = qty(f[151]);
        EXPECT_LE(filled, ordered) << brief(f);
        const bool done = f[39] == "4" || f[39] == "8" || f[39] == "C";
        // A pending status hides whether the order is done; then nothing may be left.
        const bool adds_up = add(filled, left) && *add(filled, left) == ordered;
        EXPECT_TRUE(left.is_zero() || adds_up) << brief(f);
        EXPECT_TRUE(!done || left.is_zero()) << brief(f);
        EXPECT_TRUE(f[39] != "2" || filled == ordered) << brief(f);
        EXPECT_TRUE(f[39] != "0" || filled.is_zero()) << brief(f);
    }
    /// The same ExecID twice is the same report twice, byte for byte.
    void check_exec_id(const Send& send) {
        const std::string exec_id = fields_of(send)[17];
        if (exec_id.empty()) return;
        const auto [known, first] = by_exec_id_.try_emplace(exec_id, send.body);
        EXPECT_TRUE(first || known->second == send.body) << exec_id;
    }
    void run(std::uint64_t seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        make();
        ids_ = 0;
        by_exec_id_.clear();
        Random random(seed);
        for (int i = 0; i < 400; ++i) {
            one_step(random);
            for (const Action& action : actions_) {
                const auto* send = std::get_if<Send>(&action.what);
                if (send == nullptr) continue;
                check_numbers(fields_of(*send));
                check_exec_id(*send);
            }
        }
    }

    std::int64_t ids_ = 0;
    std::map<std::string, std::string> by_exec_id_;
};

TEST_F(DialogProperty, ReportsAddUpWhateverIsAsked) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) run(seed);
}

TEST_F(DialogProperty, ReportsAddUpWithPendingRequests) {
    profile_.pending_acks = PendingAcks::Sent;
    profile_.request_delay = Duration::milliseconds(30);
    for (std::uint64_t seed = 1; seed <= 10; ++seed) run(seed);
}

TEST_F(DialogProperty, ReportsAddUpIn42WithABackground) {
    profile_.version = fix::Version::Fix42;
    profile_.instruments = {{xyz(), BackgroundSettings{}}};
    for (std::uint64_t seed = 1; seed <= 10; ++seed) run(seed);
}

}  // namespace
}  // namespace penstock::sim
