#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fix/codec/version.hpp"
#include "fix/transport/settings.hpp"
#include "oms/domain/time.hpp"

namespace penstock::fix {

/// When a session may be logged on, in a time zone's wall clock. Numbers start again at one when a
/// new period begins. `non_stop`: always, and nothing is reset by the clock.
struct Schedule {
    bool non_stop = true;
    std::string time_zone = "UTC";  // IANA name
    int start_second = 0;           // of the day, 0..86399
    int end_second = 0;
    int start_day = -1;  // 0 Sunday .. 6 Saturday; -1: every day is a period of its own
    int end_day = -1;
};

/// One FIX session, client or venue side. Defaults are those of a stock QuickFIX session.
struct SessionSettings {
    Version version = Version::Fix44;
    std::string sender_comp_id;  // ours
    std::string target_comp_id;  // theirs
    std::string qualifier;       // tells two worlds in one process apart; never on the wire

    bool is_initiator = false;
    std::string host;  // initiators: where to connect
    std::uint16_t port = 0;
    TlsSettings tls;                                     // initiators
    Duration reconnect_interval = Duration::seconds(2);  // first wait; doubles, with jitter
    Duration max_reconnect_interval = Duration::seconds(30);

    int heartbeat_s = 30;
    int logon_timeout_s = 10;
    int logout_timeout_s = 2;
    bool reset_on_logon = false;
    bool reset_on_logout = false;
    bool reset_on_disconnect = false;
    bool check_comp_id = true;
    bool check_latency = true;
    int max_latency_s = 120;
    int timestamp_precision = 3;
    bool validate_length_and_checksum = true;
    bool validate_fields_out_of_order = true;
    bool validate_fields_have_values = true;
    bool validate_user_defined_fields = true;
    bool send_redundant_resend_requests = false;
    std::string dictionary_file;              // QuickFIX XML; empty: ours
    std::string application_dictionary_file;  // 5.0SP2 only

    Schedule schedule;
    std::string username;          // initiators send it; acceptors require it when not empty
    std::string password;          // initiators
    std::string password_hash;     // acceptors: argon2id
    std::string certificate_name;  // acceptors: the peer's certificate must carry this CN; empty: any
    /// An order that arrives by resend and is older is refused as stale. Zero: not checked.
    Duration max_order_age = Duration::seconds(10);
    /// Valid application messages take the short way past QuickFIX (section 6 of the architecture).
    bool use_fast_lane = true;
    ConnectionLimits limits;
};

/// "FIX.4.4:PENSTOCK->CLIENT1", the name QuickFIX users know; with ":qualifier" when there is one.
std::string session_name(const SessionSettings& settings);

}  // namespace penstock::fix
