#include "fix/session/rule_settings.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace penstock::fix {
namespace {

std::string read_file(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read the data dictionary " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string transport_xml(const SessionSettings& settings) {
    if (!settings.dictionary_file.empty()) return read_file(settings.dictionary_file);
    switch (settings.version) {
        case Version::Fix42: return std::string(quickfix_xml(Dialect::Fix42));
        case Version::Fix44: return std::string(quickfix_xml(Dialect::Fix44));
        case Version::Fix50Sp2: return std::string(quickfix_xml(Dialect::Fixt11));
    }
    return {};
}

std::string application_xml(const SessionSettings& settings) {
    if (settings.version != Version::Fix50Sp2) return {};
    if (!settings.application_dictionary_file.empty()) return read_file(settings.application_dictionary_file);
    return std::string(quickfix_xml(Dialect::Fix50Sp2));
}

}  // namespace

RuleSettings rule_settings(const SessionSettings& settings) {
    RuleSettings rules;
    rules.begin_string = begin_string(settings.version);
    rules.sender_comp_id = settings.sender_comp_id;
    rules.target_comp_id = settings.target_comp_id;
    rules.qualifier = settings.qualifier;
    if (settings.version == Version::Fix50Sp2) rules.default_appl_ver_id = "9";
    rules.is_initiator = settings.is_initiator;
    rules.heartbeat_s = settings.heartbeat_s;
    rules.logon_timeout_s = settings.logon_timeout_s;
    rules.logout_timeout_s = settings.logout_timeout_s;
    rules.reset_on_logon = settings.reset_on_logon;
    rules.reset_on_logout = settings.reset_on_logout;
    rules.reset_on_disconnect = settings.reset_on_disconnect;
    rules.check_comp_id = settings.check_comp_id;
    rules.check_latency = settings.check_latency;
    rules.max_latency_s = settings.max_latency_s;
    rules.timestamp_precision = settings.timestamp_precision;
    rules.send_redundant_resend_requests = settings.send_redundant_resend_requests;
    rules.validate_length_and_checksum = settings.validate_length_and_checksum;
    rules.validate_fields_out_of_order = settings.validate_fields_out_of_order;
    rules.validate_fields_have_values = settings.validate_fields_have_values;
    rules.validate_user_defined_fields = settings.validate_user_defined_fields;
    rules.session_dictionary_xml = transport_xml(settings);
    rules.application_dictionary_xml = application_xml(settings);
    if (settings.is_initiator) {
        rules.username = settings.username;
        rules.password = settings.password;
    }
    return rules;
}

}  // namespace penstock::fix
