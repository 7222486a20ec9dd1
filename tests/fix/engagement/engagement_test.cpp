// The rules of engagement, executed: every row of spec/fix/engagement is sent through a session, the decoder
// and the core, and what docs/fix/rules-of-engagement.md promises must come back.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/fix/engagement/desk.hpp"

namespace penstock::fix::test {
namespace {

std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('|'), text.size());
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

bool has(const std::string& message, const std::vector<std::string>& expected) {
    const std::vector<std::string> parts = parts_of(message);
    return std::all_of(expected.begin(), expected.end(), [&](const std::string& one) {
        const std::size_t tilde = one.find('~');
        const bool is_beginning = tilde < one.find('=');
        const std::string start = is_beginning ? one.substr(0, tilde) + "=" + one.substr(tilde + 1) : one;
        return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
            return is_beginning ? part.starts_with(start) : part == one;
        });
    });
}

std::string all_of(const std::vector<std::string>& messages) {
    std::string text;
    for (const std::string& message : messages) text += "\n    " + message;
    return text.empty() ? " nothing" : text;
}

/// What is wrong with the answer; nothing when it is as promised.
std::string difference(const Case& one, const Desk::Answer& answer) {
    if (one.client.empty() && !answer.client.empty()) return "the client gets something";
    const std::vector<std::string> expected = parts_of(one.client);
    const bool found = std::any_of(answer.client.begin(), answer.client.end(),
                                   [&](const std::string& message) { return has(message, expected); });
    if (!one.client.empty() && !found) return "the client does not get it";
    if (one.venue.empty() && !answer.venue.empty()) return "a venue gets something";
    const bool reached = answer.venue.size() == 1 && answer.venue.front() == one.venue;
    if (!one.venue.empty() && one.venue != "*" && !reached) return "the venue does not get it";
    const bool alarmed = std::count(answer.alarms.begin(), answer.alarms.end(), one.alarm) > 0;
    if (!one.alarm.empty() && !alarmed) return "no such alarm";
    return {};
}

/// The fields of a message in this version's body, header and trailer left out.
std::set<std::uint32_t> tags_of(const std::string& message) {
    static const std::set<std::uint32_t> kOthers{8, 9, 10, 34, 35, 43, 49, 52, 56, 97, 122};
    std::set<std::uint32_t> tags;
    for (const std::string& part : parts_of(message)) {
        const auto tag = static_cast<std::uint32_t>(std::stoul(part));
        if (!kOthers.contains(tag)) tags.insert(tag);
    }
    return tags;
}

std::string type_of(const std::string& message) {
    const std::size_t at = message.find("|35=") + 4;
    return message.substr(at, message.find('|', at) - at);
}

class Engagement : public testing::TestWithParam<Version> {
  protected:
    static std::vector<ReportField> rows_of(const std::string& msg_type) {
        std::vector<ReportField> rows;
        for (const ReportField& row : report_fields())
            if (row.version == GetParam() && row.msg_type == msg_type) rows.push_back(row);
        return rows;
    }
    /// Every field is in the tables, and none is missing that is always there.
    void look_at(const std::string& message) {
        const std::string type = type_of(message);
        if (type == "3") return;  // the session's own
        std::set<std::uint32_t> tags = tags_of(message);
        for (const ReportField& row : rows_of(type)) {
            if (tags.erase(row.tag) > 0)
                seen_.insert({type, row.tag});
            else
                EXPECT_FALSE(row.is_always) << row.tag << " is missing in " << message;
        }
        for (const std::uint32_t tag : tags) ADD_FAILURE() << "no row for " << tag << " of " << message;
    }
    std::set<std::pair<std::string, std::uint32_t>> seen_;
};

TEST_P(Engagement, IsAsThePageSays) {
    Desk desk(GetParam());
    int count = 0;
    for (const Case& one : cases()) {
        if (one.version != GetParam()) continue;
        ++count;
        const Desk::Answer answer = desk.play(one);
        const std::string differs = difference(one, answer);
        EXPECT_EQ(differs, "") << one.name << "\n  given   " << one.given << "\n  send    " << one.send
                               << "\n  then    " << one.then << "\n  client  " << one.client << "\n  got    "
                               << all_of(answer.client) << "\n  venue   " << one.venue << "\n  got    "
                               << all_of(answer.venue);
        for (const std::string& message : answer.client) look_at(message);
    }
    for (const ReportField& row : report_fields()) {
        if (row.version != GetParam()) continue;
        EXPECT_TRUE(seen_.contains({std::string(row.msg_type), row.tag}))
            << "no case shows " << row.tag << " of " << row.msg_type;
    }
    RecordProperty("cases", count);
    EXPECT_GT(count, 200);
}

INSTANTIATE_TEST_SUITE_P(
    Versions, Engagement, testing::Values(Version::Fix42, Version::Fix44, Version::Fix50Sp2),
    [](const auto& version) { return std::string("Fix") + std::to_string(static_cast<int>(version.param)); });

}  // namespace
}  // namespace penstock::fix::test
