#include <algorithm>

#include "config/cfg_session.hpp"
#include "config/draft.hpp"
#include "config/values.hpp"

namespace penstock::config {
namespace {

/// False when the version cannot be told.
bool read_identity(CfgSession& cfg, fix::SessionSettings& settings) {
    const std::string begin_string = cfg.require("BeginString", "FIX.4.4");
    settings.sender_comp_id = cfg.require("SenderCompID", "PENSTOCK");
    settings.target_comp_id = cfg.require("TargetCompID", "DESK1");
    settings.qualifier = cfg.text("SessionQualifier");
    if (begin_string.empty()) return false;
    const auto version = version_of(begin_string);
    if (!version) {
        cfg.problem("BeginString", "is " + in_quotes(begin_string) +
                                       "; expected FIX.4.2, FIX.4.4 or FIXT.1.1 (with 5.0SP2)");
        return false;
    }
    settings.version = *version;
    if (*version != fix::Version::Fix50Sp2) return true;
    const std::string application = cfg.require("DefaultApplVerID", "FIX.5.0SP2");
    if (!application.empty() && application != "FIX.5.0SP2" && application != "9") {
        cfg.problem("DefaultApplVerID", "is " + in_quotes(application) + "; expected FIX.5.0SP2");
    }
    return true;
}

/// "08:00:00", and in QuickFIX/J also "08:00:00 Europe/Zurich".
void read_time(CfgSession& cfg, std::string_view key, int& second, std::string& zone) {
    const std::string text = cfg.require(key, "00:00:00");
    if (text.empty()) return;
    const auto blank = text.find(' ');
    const auto read = second_of_day(std::string_view(text).substr(0, blank));
    if (!read) return cfg.problem(key, "is " + in_quotes(text) + "; expected a time such as 08:00:00");
    second = *read;
    if (blank != std::string::npos) zone = text.substr(text.find_first_not_of(' ', blank));
}

void read_day(CfgSession& cfg, std::string_view key, std::string_view other, int& day) {
    const std::string text = cfg.text(key);
    if (text.empty()) return;
    const auto read = day_of_week(text);
    if (!read) return cfg.problem(key, "is " + in_quotes(text) + "; expected a day such as Monday or MO");
    day = *read;
    if (cfg.find(other) == nullptr)
        cfg.problem(key, "stands alone; expected " + std::string(other) + " with it");
}

/// StartTime equal to EndTime without days keeps its QuickFIX meaning: the numbers start again at that
/// time every day. Round the clock is NonStopSession=Y, or no times at all.
void read_schedule(CfgSession& cfg, fix::Schedule& schedule) {
    bool non_stop = cfg.find("StartTime") == nullptr && cfg.find("EndTime") == nullptr;
    cfg.read("NonStopSession", non_stop);
    schedule.non_stop = non_stop;
    if (non_stop) return;
    bool use_local_time = false;
    cfg.read("UseLocalTime", use_local_time);
    if (use_local_time) schedule.time_zone = local_time_zone();
    if (cfg.find("TimeZone") != nullptr) schedule.time_zone = cfg.text("TimeZone");
    read_time(cfg, "StartTime", schedule.start_second, schedule.time_zone);
    read_time(cfg, "EndTime", schedule.end_second, schedule.time_zone);
    read_day(cfg, "StartDay", "EndDay", schedule.start_day);
    read_day(cfg, "EndDay", "StartDay", schedule.end_day);
    if (!is_time_zone(schedule.time_zone)) {
        const char* key = cfg.find("TimeZone") != nullptr ? "TimeZone" : "StartTime";
        cfg.problem(key, "has time zone " + in_quotes(schedule.time_zone) +
                             "; expected an IANA name known on this machine, such as Europe/Zurich");
    }
}

void read_rules(CfgSession& cfg, fix::SessionSettings& settings) {
    cfg.read("HeartBtInt", settings.heartbeat_s, {1, 3600});
    cfg.read("LogonTimeout", settings.logon_timeout_s, {1, 3600});
    cfg.read("LogoutTimeout", settings.logout_timeout_s, {1, 3600});
    cfg.read("ResetOnLogon", settings.reset_on_logon);
    cfg.read("ResetOnLogout", settings.reset_on_logout);
    cfg.read("ResetOnDisconnect", settings.reset_on_disconnect);
    cfg.read("CheckCompID", settings.check_comp_id);
    cfg.read("CheckLatency", settings.check_latency);
    cfg.read("MaxLatency", settings.max_latency_s, kSeconds);
    cfg.read("ValidateLengthAndChecksum", settings.validate_length_and_checksum);
    cfg.read("ValidateFieldsOutOfOrder", settings.validate_fields_out_of_order);
    cfg.read("ValidateFieldsHaveValues", settings.validate_fields_have_values);
    cfg.read("ValidateUserDefinedFields", settings.validate_user_defined_fields);
    cfg.read("SendRedundantResendRequests", settings.send_redundant_resend_requests);
    bool milliseconds = true;
    cfg.read("MillisecondsInTimeStamp", milliseconds);
    settings.timestamp_precision = milliseconds ? 3 : 0;
    cfg.read("TimestampPrecision", settings.timestamp_precision, {0, 9});
}

void read_dictionary(CfgSession& cfg, std::string_view key, std::string& out) {
    if (cfg.find(key) == nullptr) return;
    out = cfg.existing_file(key);
    if (out.empty()) {
        cfg.warning(key, "is " + in_quotes(cfg.text(key)) + ", which cannot be read; Penstock's own is used");
    }
}

void read_dictionaries(CfgSession& cfg, fix::SessionSettings& settings) {
    bool wanted = true;
    cfg.read("UseDataDictionary", wanted);
    if (!wanted) return;
    if (settings.version != fix::Version::Fix50Sp2) {
        return read_dictionary(cfg, "DataDictionary", settings.dictionary_file);
    }
    read_dictionary(cfg, "TransportDataDictionary", settings.dictionary_file);
    read_dictionary(cfg, "AppDataDictionary", settings.application_dictionary_file);
}

void read_pem(CfgSession& cfg, std::string_view key, std::string& out) {
    if (cfg.find(key) == nullptr) return;
    out = cfg.existing_file(key);
    if (out.empty())
        cfg.problem(key, "is " + in_quotes(cfg.text(key)) + ", which cannot be read; expected a PEM file");
}

/// A certificate and its key, which are of no use without each other.
void read_certificate(CfgSession& cfg, const std::string& key, fix::TlsSettings& tls) {
    const std::string file_key = key + "File";
    const std::string key_file_key = key + "KeyFile";
    read_pem(cfg, file_key, tls.certificate_file);
    read_pem(cfg, key_file_key, tls.private_key_file);
    if (cfg.find(file_key) != nullptr && cfg.find(key_file_key) == nullptr) {
        cfg.problem(file_key, "stands alone; expected " + key_file_key + " with it");
    }
}

void read_initiator(CfgSession& cfg, fix::SessionSettings& settings) {
    settings.is_initiator = true;
    settings.host = cfg.require("SocketConnectHost", "127.0.0.1");
    cfg.require("SocketConnectPort", "9880");
    cfg.read("SocketConnectPort", settings.port, kPort);
    cfg.require("HeartBtInt", "30");
    // QuickFIX waits the same time before every attempt.
    int wait_s = 30;
    cfg.read("ReconnectInterval", wait_s, {1, 3600});
    settings.reconnect_interval = settings.max_reconnect_interval = Duration::seconds(wait_s);
    read_certificate(cfg, "ClientCertificate", settings.tls);
    read_pem(cfg, "CertificationAuthoritiesFile", settings.tls.ca_file);
    settings.tls.enabled = !settings.tls.certificate_file.empty() || !settings.tls.ca_file.empty();
    cfg.read("SocketUseSSL", settings.tls.enabled);
}

/// Addresses with commas between them.
void read_allowed_addresses(CfgSession& cfg, std::vector<std::string>& allowed) {
    std::string rest = cfg.text("AllowedRemoteAddresses");
    while (!rest.empty()) {
        const auto comma = std::min(rest.find(','), rest.size());
        std::string one = rest.substr(0, comma);
        one.erase(std::remove(one.begin(), one.end(), ' '), one.end());
        rest.erase(0, comma + 1);
        if (one.empty()) continue;
        const auto address = ip_address(one);
        if (!address) {
            cfg.problem("AllowedRemoteAddresses",
                        "has " + in_quotes(one) + "; expected single addresses such as 10.1.2.3");
        }
        allowed.push_back(address.value_or(one));
    }
}

fix::ListenerSettings read_listener(CfgSession& cfg) {
    fix::ListenerSettings listener;
    cfg.require("SocketAcceptPort", "9880");
    cfg.read("SocketAcceptPort", listener.port, kPort);
    for (const char* key : {"SocketAcceptHost", "SocketAcceptAddress"}) {
        if (cfg.find(key) == nullptr) continue;
        const auto address = ip_address(cfg.text(key));
        if (address) {
            listener.host = *address;
        } else {
            cfg.problem(key, "is " + in_quotes(cfg.text(key)) + "; expected an IP address such as 127.0.0.1");
        }
    }
    read_certificate(cfg, "ServerCertificate", listener.tls);
    read_pem(cfg, "CertificationAuthoritiesFile", listener.tls.ca_file);
    listener.tls.enabled = !listener.tls.certificate_file.empty();
    read_allowed_addresses(cfg, listener.allowed_addresses);
    int verify_level = 0;
    cfg.read("CertificateVerifyLevel", verify_level, {0, 2});
    listener.tls.require_peer_certificate = verify_level == 2;
    return listener;
}

bool is_same(const fix::ListenerSettings& left, const fix::ListenerSettings& right) {
    return left.host == right.host && left.tls.certificate_file == right.tls.certificate_file &&
           left.tls.private_key_file == right.tls.private_key_file && left.tls.ca_file == right.tls.ca_file &&
           left.tls.require_peer_certificate == right.tls.require_peer_certificate &&
           left.allowed_addresses == right.allowed_addresses;
}

/// Sessions that name the same port share its listener.
void add_listener(CfgSession& cfg, fix::ListenerSettings listener, std::vector<DraftListener>& listeners) {
    if (listener.port == 0) return;  // It was no port, which is reported.
    const auto known = std::find_if(listeners.begin(), listeners.end(), [&](const DraftListener& one) {
        return one.listener.port == listener.port;
    });
    if (known == listeners.end()) {
        listeners.push_back({std::move(listener), cfg.place("SocketAcceptPort"), true});
    } else if (!is_same(known->listener, listener)) {
        cfg.problem("SocketAcceptPort",
                    "is shared with the session at line " + std::to_string(known->place.line) +
                        "; expected the same address, certificates and allowed addresses");
    }
}

DraftSession read_session(CfgSession& cfg, std::vector<DraftListener>& listeners) {
    DraftSession made{{}, cfg.place(), true};
    fix::SessionSettings& settings = made.session.fix;
    made.is_identified = read_identity(cfg, settings);
    read_rules(cfg, settings);
    read_schedule(cfg, settings.schedule);
    read_dictionaries(cfg, settings);
    const std::string type = cfg.require("ConnectionType", "acceptor");
    if (type == "acceptor") {
        add_listener(cfg, read_listener(cfg), listeners);
    } else if (type == "initiator") {
        made.session.role = oms::SessionRole::Venue;
        read_initiator(cfg, settings);
    } else if (!type.empty()) {
        cfg.problem("ConnectionType", "is " + in_quotes(type) + "; expected acceptor or initiator");
    }
    return made;
}

}  // namespace

void read_quickfix_cfg(const std::filesystem::path& file, Draft& draft) {
    for (const CfgSection& section : read_cfg_file(file, draft.findings)) {
        CfgSession cfg(section, file, draft.findings);
        draft.sessions.push_back(read_session(cfg, draft.listeners));
    }
}

}  // namespace penstock::config
