#include "config/draft.hpp"
#include "config/values.hpp"

namespace penstock::config {
namespace {

void read_time(Section& section, std::string_view key, int& second) {
    std::string text;
    section.require(key, text, "08:00:00");
    if (text.empty()) return;
    const auto read = second_of_day(text);
    if (!read)
        return section.problem(key, "is " + in_quotes(text) + "; expected a time such as \"08:00:00\"");
    second = *read;
}

void read_day(Section& section, std::string_view key, int& day) {
    std::string text;
    section.read(key, text);
    if (text.empty()) return;
    const auto read = day_of_week(text);
    if (!read) return section.problem(key, "is " + in_quotes(text) + "; expected a day such as \"monday\"");
    day = *read;
}

void read_schedule(Section& session, fix::Schedule& schedule) {
    auto section = session.table("schedule");
    if (!section) return;
    schedule.non_stop = false;
    section->read("non_stop", schedule.non_stop);
    section->read("time_zone", schedule.time_zone);
    if (!is_time_zone(schedule.time_zone)) {
        section->problem("time_zone", "is " + in_quotes(schedule.time_zone) +
                                          "; expected an IANA name known on this machine, such as "
                                          "\"Europe/Zurich\"");
    }
    if (schedule.non_stop) {
        for (const char* key : {"start", "end", "start_day", "end_day"}) {
            section->refuse(key, "has no meaning with non_stop = true; expected one or the other");
        }
        return section->finish();
    }
    read_time(*section, "start", schedule.start_second);
    read_time(*section, "end", schedule.end_second);
    read_day(*section, "start_day", schedule.start_day);
    read_day(*section, "end_day", schedule.end_day);
    if (section->has("start_day") != section->has("end_day")) {
        section->problem(section->has("start_day") ? "start_day" : "end_day",
                         "stands alone; expected start_day and end_day together, or neither");
    }
    section->finish();
}

void read_limits(Section& session, fix::ConnectionLimits& limits) {
    auto section = session.table("limits");
    if (!section) return;
    section->read("max_message_bytes", limits.max_message_bytes, {1024, 64 << 20});
    section->read("max_send_queue_bytes", limits.max_send_queue_bytes, {64 << 10, std::int64_t{4} << 30});
    section->finish();
}

void read_file_name(Section& section, std::string_view key, std::string& out) {
    std::string name;
    section.read(key, name);
    if (name.empty()) return;
    const std::filesystem::path file = section.folder() / name;
    if (!is_readable_file(file)) {
        section.problem(key, "cannot read " + file.string() + "; expected a file");
    }
    out = file.string();
}

void check_pair(Section& section, std::string_view key, std::string_view other) {
    if (!section.has(key) || section.has(other)) return;
    section.problem(key, "stands alone; expected " + in_quotes(other) + " with it");
}

}  // namespace

void check_length(Section& section, std::string_view key, std::size_t size, std::size_t limit) {
    if (size <= limit) return;
    section.problem(
        key, "has " + std::to_string(size) + " characters; expected at most " + std::to_string(limit));
}

void read_session_rules(Section& section, fix::SessionSettings& settings) {
    section.require("sender_comp_id", settings.sender_comp_id, "PENSTOCK");
    section.require("target_comp_id", settings.target_comp_id, "DESK1");
    section.read("qualifier", settings.qualifier);
    section.read("heartbeat_s", settings.heartbeat_s, {1, 3600});
    section.read("logon_timeout_s", settings.logon_timeout_s, {1, 3600});
    section.read("logout_timeout_s", settings.logout_timeout_s, {1, 3600});
    section.read("reset_on_logon", settings.reset_on_logon);
    section.read("reset_on_logout", settings.reset_on_logout);
    section.read("reset_on_disconnect", settings.reset_on_disconnect);
    section.read("check_comp_id", settings.check_comp_id);
    section.read("check_latency", settings.check_latency);
    section.read("max_latency_s", settings.max_latency_s, kSeconds);
    section.read("timestamp_precision", settings.timestamp_precision, {0, 9});
    section.read("validate_length_and_checksum", settings.validate_length_and_checksum);
    section.read("validate_fields_out_of_order", settings.validate_fields_out_of_order);
    section.read("validate_fields_have_values", settings.validate_fields_have_values);
    section.read("validate_user_defined_fields", settings.validate_user_defined_fields);
    section.read("send_redundant_resend_requests", settings.send_redundant_resend_requests);
    section.read("use_fast_lane", settings.use_fast_lane);
    section.read_seconds("max_order_age_s", settings.max_order_age, {0, 86'400});
    read_file_name(section, "dictionary_file", settings.dictionary_file);
    read_file_name(section, "application_dictionary_file", settings.application_dictionary_file);
    if (settings.version != fix::Version::Fix50Sp2) {
        section.refuse("application_dictionary_file", "has no meaning here; expected it with FIXT.1.1 only");
    }
    read_schedule(section, settings.schedule);
    read_limits(section, settings.limits);
}

void read_tls(Section& owner, fix::TlsSettings& tls, TlsSide side) {
    auto section = owner.table("tls");
    if (!section) return;
    tls.enabled = true;
    read_file_name(*section, "certificate_file", tls.certificate_file);
    read_file_name(*section, "private_key_file", tls.private_key_file);
    read_file_name(*section, "ca_file", tls.ca_file);
    check_pair(*section, "certificate_file", "private_key_file");
    check_pair(*section, "private_key_file", "certificate_file");
    if (side == TlsSide::Initiator) {
        section->read("server_name", tls.server_name);
        return section->finish();
    }
    section->read("require_peer_certificate", tls.require_peer_certificate);
    if (!section->has("certificate_file") && !section->has("private_key_file")) {
        section->problem("certificate_file", "is missing; expected a PEM file, with private_key_file");
    }
    // Without it any certificate of any public authority would do.
    if (tls.require_peer_certificate && !section->has("ca_file")) {
        section->problem("require_peer_certificate", "needs ca_file; expected whose certificates to accept");
    }
    section->finish();
}

}  // namespace penstock::config
