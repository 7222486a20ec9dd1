#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

// The door to the island: the only way to QuickFIX. Written so that C++14 reads it too, because
// QuickFIX's headers are not C++17. No QuickFIX type appears here.

namespace penstock {
namespace fix {

/// What the session rules are applied with. Defaults are QuickFIX's own.
struct RuleSettings {
    std::string begin_string;
    std::string sender_comp_id;
    std::string target_comp_id;
    std::string qualifier;            // tells two worlds in one process apart; never on the wire
    std::string default_appl_ver_id;  // "9" for 5.0SP2; empty below FIXT.1.1
    bool is_initiator = false;
    int heartbeat_s = 30;  // initiators: HeartBtInt(108)
    int logon_timeout_s = 10;
    int logout_timeout_s = 2;
    bool reset_on_logon = false;
    bool reset_on_logout = false;
    bool reset_on_disconnect = false;
    bool check_comp_id = true;
    bool check_latency = true;
    int max_latency_s = 120;
    int timestamp_precision = 3;
    bool send_redundant_resend_requests = false;
    bool validate_length_and_checksum = true;
    bool validate_fields_out_of_order = true;
    bool validate_fields_have_values = true;
    bool validate_user_defined_fields = true;
    std::string session_dictionary_xml;      // of BeginString; a dictionary is always loaded
    std::string application_dictionary_xml;  // FIXT.1.1 only
    std::string username;                    // initiators: Username(553) and Password(554) of the Logon(A)
    std::string password;
};

/// What the session rules ask of their owner. Called only from inside the calls of RuleEngine.
class RuleHost {
  public:
    virtual ~RuleHost() {}
    /// Put these bytes, one whole message, on the wire.
    virtual void write_message(const std::string& message) = 0;
    /// Hang up.
    virtual void hang_up() = 0;
    virtual void logged_on() = 0;
    virtual void logged_out() = 0;
    /// An application message that is in sequence and valid. `message` is its text. False: it cannot be
    /// read, and the peer is to be told.
    virtual bool application_message(const std::string& message, std::uint32_t msg_seq_num) = 0;
    /// A Reject(3) of the peer's: it could not take a message of ours. Its number is the rules' business.
    virtual void session_reject(const std::string& message) = 0;
    /// The Logon(A) in hand. False: refused, `why` goes into the Logout(5).
    virtual bool admit(std::string& why) = 0;
    /// May an old message of this MsgType(35) be sent again, or must a gap fill stand for it?
    virtual bool may_resend(const std::string& msg_type) = 0;
    /// For the operator's log. `is_incoming` and `is_outgoing` false: an event in words.
    virtual void log(const std::string& text, bool is_incoming, bool is_outgoing) = 0;

    // The message store: numbers and sent messages.
    virtual std::uint32_t next_in() = 0;
    virtual std::uint32_t next_out() = 0;
    virtual void set_next_in(std::uint32_t number) = 0;
    virtual void count_in() = 0;  // one further
    /// The message in hand came out of its turn, and no number has moved since.
    virtual bool took_no_number() = 0;
    virtual void set_next_out(std::uint32_t number) = 0;
    virtual void keep_sent(std::uint32_t number, const std::string& message) = 0;
    /// Appends the messages begin..end that are kept; numbers without one are left to the rules.
    virtual void fetch_sent(std::uint32_t begin, std::uint32_t end, std::vector<std::string>& out) = 0;
    virtual void reset_numbers() = 0;
};

/// The session rules of one FIX session: QuickFIX's Session, driven without its sockets. Every
/// exception is caught inside. Single thread.
class RuleEngine {
  public:
    /// Throws std::runtime_error with QuickFIX's words when a dictionary does not load.
    static std::unique_ptr<RuleEngine> make(RuleHost& host, const RuleSettings& settings);
    virtual ~RuleEngine() {}

    /// A transport is there. Initiators send their Logon(A) on the next tick.
    virtual void connected() = 0;
    /// The transport is gone.
    virtual void disconnected() = 0;
    /// One framed message from the wire, well-formed or not.
    virtual void receive(const std::string& message) = 0;
    /// Once a second: heartbeats, test requests, time-outs.
    virtual void tick() = 0;
    /// The next message ahead of its turn asks for what is missing, though that was asked for already.
    virtual void ask_again() = 0;
    /// No gap is open: what waited and was passed over by a gap fill is of no use.
    virtual void forget_waiting() = 0;
    /// Numbers, stores and sends an application message; `body` is "tag=value<SOH>..." after MsgType.
    virtual void send(const std::string& msg_type, const std::string& body) = 0;
    /// Lets the session log on, or asks it to log out with a reason.
    virtual void enable() = 0;
    virtual void disable(const std::string& reason) = 0;
    /// Sends Logout(5) if logged on, hangs up, and starts again at one.
    virtual void reset() = 0;

    virtual bool is_logged_on() const = 0;
    virtual bool is_enabled() const = 0;
    virtual bool sent_logout() const = 0;
};

/// What an acceptor must know of a first message to find its session: QuickFIX's own reading of it.
struct FirstMessage {
    bool is_logon = false;
    std::string begin_string;
    std::string sender_comp_id;
    std::string target_comp_id;
};
/// False when the message does not read as FIX at all.
bool read_first_message(const std::string& message, FirstMessage& out);

}  // namespace fix
}  // namespace penstock
