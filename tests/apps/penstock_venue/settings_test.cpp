#include "apps/penstock_venue/settings.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace penstock::apps {
namespace {

constexpr const char* kSession = "[[session]]\nsender_comp_id = \"SIM\"\ntarget_comp_id = \"DESK\"\n";
constexpr const char* kInstrument = "[[instrument]]\nsymbol = \"XYZ\"\ntick = \"0.01\"\nstart_price = 10\n";

class VenueFile : public testing::Test {
  protected:
    LoadedVenue load(const std::string& text) {
        std::ofstream(file) << text;
        return load_venue(file);
    }
    /// The only problem of a file, without the name of the file.
    std::string problem_of(const std::string& text) {
        const LoadedVenue loaded = load(text);
        if (loaded.problems.size() != 1) return std::to_string(loaded.problems.size()) + " problems";
        return loaded.problems.front().substr(file.size());
    }
    const std::string file = testing::TempDir() + "penstock_venue_settings_test.toml";
    const std::string top = "name = \"SIM\"\nversion = \"4.2\"\nport = 0\n";
};

TEST_F(VenueFile, EveryKeyFindsItsPlace) {
    const LoadedVenue loaded =
        load(top +
             "seed = 42\npending_acks = true\nchained_requests = \"refused\"\n"
             "amend_quantity = \"remaining\"\non_disconnect = \"cancel_silently\"\n"
             "request_delay_ms = 20\nstate_file = \"numbers\"\n" +
             kSession + kInstrument + "[instrument.background]\nlevels = 3\ninterval_ms = 10\n");
    ASSERT_EQ(loaded.problems, std::vector<std::string>());
    const sim::VenueProfile& profile = loaded.settings.profile;
    EXPECT_EQ(profile.version, fix::Version::Fix42);
    EXPECT_EQ(profile.pending_acks, sim::PendingAcks::Sent);
    EXPECT_EQ(profile.chained_requests, sim::ChainedRequests::Refused);
    EXPECT_EQ(profile.amend_quantity, sim::AmendQuantity::Remaining);
    EXPECT_EQ(profile.on_disconnect, sim::OnDisconnect::CancelSilently);
    EXPECT_EQ(profile.request_delay, Duration::milliseconds(20));
    ASSERT_EQ(profile.instruments.size(), 1U);
    EXPECT_EQ(profile.instruments[0].instrument.tick, *Price::parse("0.01"));
    EXPECT_EQ(profile.instruments[0].background->levels, 3);
    EXPECT_EQ(loaded.settings.sessions[0].version, fix::Version::Fix42);
    EXPECT_EQ(loaded.settings.state_file, std::filesystem::path(file).parent_path() / "numbers");
}

TEST_F(VenueFile, AMistakeIsNamedByLineAndKey) {
    EXPECT_EQ(
        problem_of(top + kSession + "[[instrument]]\nsymbol = \"XYZ\"\ntick = 0.01\nstart_price = 10\n"),
        ":9: instrument.tick: is a number with a point; write it as text so that it stays exact, such as "
        "\"1000.50\"");
    EXPECT_TRUE(problem_of(top + "spead = 2\n" + kSession + kInstrument).starts_with(":4: spead: "));
    EXPECT_TRUE(problem_of(top + kInstrument).ends_with("expected at least one [[session]]"));
    EXPECT_TRUE(
        problem_of("name = \"SIM\"\nversion = \"4.3\"\nport = 0\n" + std::string(kSession) + kInstrument)
            .starts_with(":2: version: "));
}

TEST_F(VenueFile, AScriptOfMisbehaviourIsReadBesideIt) {
    std::ofstream(testing::TempDir() + "penstock_venue_settings_test.sim") << "qty 5000 rejekt\n";
    const std::string wrong =
        problem_of(top + "behaviour_file = \"penstock_venue_settings_test.sim\"\n" + kSession + kInstrument);
    EXPECT_NE(wrong.find("penstock_venue_settings_test.sim:1: "), std::string::npos) << wrong;
}

}  // namespace
}  // namespace penstock::apps
