#include <gtest/gtest.h>

#include "tests/config/files.hpp"

namespace penstock::config {
namespace {

const std::string kGood = good_toml();
const std::string kHash = "$argon2id$v=19$m=65536,t=2,p=1$c2FsdHNhbHQ$aGFzaA";

std::string with(const std::string& more) {
    return changed(kGood, "accounts = [\"A1\"]\n", "accounts = [\"A1\"]\n" + more + "\n");
}

TEST(SessionConfig, EveryKeyIsRead) {
    const Folder folder;
    const Loaded loaded = load(folder.write("penstock.toml", with(R"(qualifier = "q"
heartbeat_s = 5
logon_timeout_s = 6
logout_timeout_s = 7
reset_on_logon = true
reset_on_logout = true
reset_on_disconnect = true
check_comp_id = false
check_latency = false
max_latency_s = 8
timestamp_precision = 6
validate_length_and_checksum = false
validate_fields_out_of_order = false
validate_fields_have_values = false
validate_user_defined_fields = false
send_redundant_resend_requests = true
dictionary_file = "penstock.toml"
username = "desk"
max_order_age_s = 0
use_fast_lane = false
schedule.time_zone = "Asia/Tokyo"
schedule.start = "08:00:00"
schedule.end = "17:30:01"
schedule.start_day = "monday"
schedule.end_day = "Fri"
limits = { max_message_bytes = 2048, max_send_queue_bytes = 70000 }
password_hash = ")" + kHash + "\"")));

    EXPECT_EQ(folder.short_texts(loaded.problems), std::vector<std::string>{});
    ASSERT_TRUE(loaded.config);
    const fix::SessionSettings& session = loaded.config->sessions.at(0).fix;
    EXPECT_EQ(session.qualifier, "q");
    EXPECT_EQ(session.heartbeat_s, 5);
    EXPECT_EQ(session.logon_timeout_s, 6);
    EXPECT_EQ(session.logout_timeout_s, 7);
    EXPECT_TRUE(session.reset_on_logon && session.reset_on_logout && session.reset_on_disconnect);
    EXPECT_FALSE(session.check_comp_id || session.check_latency || session.use_fast_lane);
    EXPECT_EQ(session.max_latency_s, 8);
    EXPECT_EQ(session.timestamp_precision, 6);
    EXPECT_FALSE(session.validate_length_and_checksum || session.validate_fields_out_of_order ||
                 session.validate_fields_have_values || session.validate_user_defined_fields);
    EXPECT_TRUE(session.send_redundant_resend_requests);
    EXPECT_EQ(session.dictionary_file, folder.path() / "penstock.toml");
    EXPECT_EQ(session.username, "desk");
    EXPECT_EQ(session.password_hash, kHash);
    EXPECT_EQ(session.max_order_age, Duration{});
    EXPECT_FALSE(session.schedule.non_stop);
    EXPECT_EQ(session.schedule.time_zone, "Asia/Tokyo");
    EXPECT_EQ(session.schedule.start_second, 8 * 3600);
    EXPECT_EQ(session.schedule.end_second, 17 * 3600 + 30 * 60 + 1);
    EXPECT_EQ(session.schedule.start_day, 1);
    EXPECT_EQ(session.schedule.end_day, 5);
    EXPECT_EQ(session.limits.max_message_bytes, 2048U);
    EXPECT_EQ(session.limits.max_send_queue_bytes, 70000U);
}

TEST(SessionConfig, AClientSaysWhatItWantsToBeTold) {
    const Folder folder;
    const Loaded loaded = load(folder.write(
        "penstock.toml",
        with("pending_reports = \"none\"\none_request_at_a_time = true\ncancel_on_disconnect = true\n"
             "conflate_amends = false")));
    ASSERT_TRUE(loaded.config);
    const SessionConfig& session = loaded.config->sessions.at(0);
    EXPECT_EQ(session.pending_reports, oms::PendingReports::None);
    EXPECT_TRUE(session.one_request_at_a_time && session.cancel_on_disconnect);
    EXPECT_FALSE(session.conflate_amends);
    EXPECT_EQ(problem_at("pending_reports", with("pending_reports = \"some\"")),
              "fix.session.pending_reports: is \"some\"; expected \"changes\", \"all\" or \"none\"");
}

TEST(SessionConfig, SaysWhatBecomesOfOrdersWhenTheClientIsGone) {
    const Folder folder;
    const std::string keys =
        "cancel_on_disconnect = true\ndisconnect_grace_s = 5\ndisconnect_scope = \"not_good_till\"\n"
        "on_logout = \"keep\"\nmass_cancel = \"accounts\"\n";
    const Loaded loaded = load(folder.write("penstock.toml", with(keys)));
    ASSERT_TRUE(loaded.config);
    const SessionConfig& session = loaded.config->sessions.at(0);
    EXPECT_EQ(session.disconnect_grace, Duration::seconds(5));
    EXPECT_EQ(session.disconnect_scope, oms::DisconnectScope::NotGoodTill);
    EXPECT_EQ(session.on_logout, oms::LogoutPolicy::Keeps);
    EXPECT_EQ(session.mass_cancel, oms::MassCancelReach::Accounts);
    EXPECT_EQ(problem_at("keep_accounts", with("keep_accounts = [\"HERS\"]")),
              "fix.session.keep_accounts: has \"HERS\"; expected accounts of this session");
    EXPECT_EQ(problem_at("on_logout", with("on_logout = \"stay\"")),
              "fix.session.on_logout: is \"stay\"; expected \"cancel\" or \"keep\"");
}

TEST(SessionConfig, WithoutAScheduleASessionIsAlwaysOpen) {
    const Folder folder;
    const Loaded loaded = load(folder.write("penstock.toml", kGood));
    ASSERT_TRUE(loaded.config);
    EXPECT_TRUE(loaded.config->sessions.at(0).fix.schedule.non_stop);
}

TEST(SessionConfig, AMissingCompIdSaysWhatIsExpected) {
    EXPECT_EQ(
        problem_at("[[fix.session]]", changed(kGood, "sender_comp_id = \"PENSTOCK\"\ntarget", "target")),
        "fix.session.sender_comp_id: is missing; expected text such as \"PENSTOCK\"");
}

TEST(SessionConfig, AVersionWeDoNotSpeakIsRefused) {
    EXPECT_EQ(problem_at("begin_string", changed(kGood, "FIX.4.4", "FIX.4.3")),
              "fix.session.begin_string: is \"FIX.4.3\"; expected \"FIX.4.2\", \"FIX.4.4\" or \"FIXT.1.1\" "
              "(5.0SP2)");
}

TEST(SessionConfig, APlainPasswordIsRefusedWithoutRepeatingIt) {
    EXPECT_EQ(
        problem_at("password =", with("password = \"hunter2\"")),
        "fix.session.password: is a password in plain text; expected password_hash with what `penstockd "
        "hash-password` prints");
}

TEST(SessionConfig, AHashIsArgon2idAndHasAUser) {
    const std::string text =
        problem_at("password_hash", with("password_hash = \"hunter2\"\nusername = \"a\""));
    EXPECT_TRUE(text.starts_with("fix.session.password_hash: is no argon2id hash; expected what ")) << text;
    EXPECT_EQ(problem_at("password_hash", with("password_hash = \"" + kHash + "\"")),
              "fix.session.password_hash: stands alone; expected username and password_hash together");
}

TEST(SessionConfig, OneSessionTwiceIsRefusedWhateverItsQualifier) {
    const std::string again =
        "[[fix.session]]  # again\nbegin_string = \"FIX.4.4\"\nsender_comp_id = \"PENSTOCK\"\n"
        "target_comp_id = \"DESK1\"\nqualifier = \"q\"\naccounts = [\"A1\"]\n";
    const std::string text = problem_at("[[fix.session]]  #", kGood + again);
    EXPECT_TRUE(text.starts_with("session: \"FIX.4.4:PENSTOCK->DESK1\" is defined again; the first is at "))
        << text;
    EXPECT_TRUE(text.ends_with("penstock.toml:9; expected other CompIDs")) << text;
}

TEST(SessionConfig, TheSameCompIdsInAnotherVersionAreAnotherSession) {
    const std::string other =
        "[[fix.session]]\nbegin_string = \"FIX.4.2\"\nsender_comp_id = \"PENSTOCK\"\n"
        "target_comp_id = \"DESK1\"\naccounts = [\"A1\"]\n";
    EXPECT_EQ(problems_of(kGood + other), std::vector<std::string>{});
}

TEST(SessionConfig, ADropCopyHasNoAccounts) {
    EXPECT_EQ(problems_of(with("role = \"drop_copy\"")).size(), 2U);
    EXPECT_EQ(problem_at("role =", with("role = \"copy\"")),
              "fix.session.role: is \"copy\"; expected \"client\" or \"drop_copy\"");
}

TEST(SessionConfig, ScheduleTimesDaysAndZonesAreChecked) {
    const auto problem = [](const std::string& inside) {
        return problem_at("schedule", with("schedule = { " + inside + " }"));
    };
    EXPECT_EQ(problem("start = \"8:00\", end = \"17:00:00\""),
              "fix.session.schedule.start: is \"8:00\"; expected a time such as \"08:00:00\"");
    EXPECT_EQ(problem("start = \"08:00:00\""),
              "fix.session.schedule.end: is missing; expected text such as \"08:00:00\"");
    EXPECT_EQ(
        problem("start = \"08:00:00\", end = \"17:00:00\", start_day = \"monday\""),
        "fix.session.schedule.start_day: stands alone; expected start_day and end_day together, or neither");
    EXPECT_EQ(
        problem("start = \"08:00:00\", end = \"17:00:00\", time_zone = \"Europe/Zurch\""),
        "fix.session.schedule.time_zone: is \"Europe/Zurch\"; expected an IANA name known on this machine, "
        "such as \"Europe/Zurich\"");
    EXPECT_EQ(problem("non_stop = true, start = \"08:00:00\""),
              "fix.session.schedule.start: has no meaning with non_stop = true; expected one or the other");
}

TEST(SessionConfig, ADictionaryThatIsNotThereIsRefused) {
    EXPECT_EQ(problem_at("dictionary_file", with("dictionary_file = \"FIX44.xml\"")),
              "fix.session.dictionary_file: cannot read FIX44.xml; expected a file");
}

}  // namespace
}  // namespace penstock::config
