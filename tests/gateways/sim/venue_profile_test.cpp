#include "gateways/sim/venue_profile.hpp"

#include "tests/gateways/sim/engine_fixture.hpp"

namespace penstock::sim {
namespace {

TEST(VenueProfile, UsableOneHasNoProblem) {
    VenueProfile profile;
    profile.instruments = {{xyz(), BackgroundSettings{}}};
    EXPECT_EQ(problem_of(profile), std::nullopt);
}

TEST(VenueProfile, ProblemNamesTheSetting) {
    VenueProfile profile;
    profile.prefix = "MUCHTOOLONGAPREFIX";
    EXPECT_TRUE(problem_of(profile)->starts_with("prefix: expected 1 to 12 characters"));
    profile.prefix = "SIM";
    profile.instruments = {{xyz(), {}}, {xyz(), {}}};
    EXPECT_TRUE(problem_of(profile)->starts_with("instrument 'XYZ': expected"));
    profile.instruments = {{xyz(), BackgroundSettings{.levels = 0}}};
    EXPECT_TRUE(problem_of(profile)->starts_with("instrument 'XYZ': background levels"));
    profile.instruments = {{xyz(), {}}};
    profile.instruments[0].instrument.start_price = px("10.001");
    EXPECT_TRUE(problem_of(profile));
}

}  // namespace
}  // namespace penstock::sim
