#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "fix/codec/message_index.hpp"
#include "fix/session/resender.hpp"
#include "fix/session/rule_engine.hpp"
#include "fix/session/settings.hpp"
#include "fix/transport/connection.hpp"
#include "oms/ports/clock.hpp"

namespace penstock::fix {

class FixSession;

/// One application message that is in sequence and valid by the session's rules.
struct AppMessage {
    const MessageIndex& fields;
    std::uint32_t msg_seq_num = 0;
    bool poss_dup = false;
    Timestamp received;
};

/// Who owns a session's meaning. Called on the loop's thread; may send on any session.
class SessionUser {
  public:
    virtual ~SessionUser() = default;
    virtual void on_message(FixSession& session, const AppMessage& message) = 0;
    /// The peer rejected a message of ours at session level, by Reject(3). True: its bytes are on record now.
    virtual bool on_reject(FixSession&, const AppMessage&) { return false; }
    /// Logged on or off.
    virtual void on_state(FixSession& session, bool is_logged_on) = 0;
    /// Numbers moved without a message of the application. Returns the journal record that says so;
    /// none when there is no journal.
    virtual Seq on_numbers(FixSession& session, bool was_reset) = 0;
    /// May an old application message be sent again?
    virtual bool may_resend(std::string_view msg_type) = 0;
    /// A line for the session's log. Credentials are still in it: the log redacts.
    virtual void log(FixSession& session, std::string_view text, bool is_incoming, bool is_outgoing) = 0;
};

/// One FIX session in two lanes over one set of numbers. Valid application messages in sequence take
/// the fast lane: our codec only. Everything else goes through QuickFIX's session, which gives the
/// standard's exact answer. So that QuickFIX's timers see the truth, the first message of each UTC
/// second in each direction goes the slow lane too: QuickFIX compares whole seconds only.
class FixSession final : private RuleHost {
  public:
    FixSession(const SessionSettings& settings, SessionUser& user, std::unique_ptr<SentMessages> sent,
               oms::Clock& clock);
    ~FixSession() override;

    /// Numbers as recovered, and when they last moved. Before the first connection.
    void set_numbers(std::uint32_t next_in, std::uint32_t next_out, Timestamp moved_at = {});
    /// Follows the session's schedule: logs out at its end, starts again at one when a period begins.
    void keep_schedule();

    // The transport's side.
    bool is_connected() const { return connection_ != nullptr; }
    bool uses(const Connection& connection) const { return connection_.get() == &connection; }
    void attach(std::shared_ptr<Connection> connection);
    void detach();
    /// What a Logon(A) says of its sender, when that must be checked before `on_frame` may have it.
    struct Claim {
        std::string username;
        std::string password;
    };
    std::optional<Claim> claim_of(std::string_view frame) const;
    /// What is known of the sender of a frame. Busy: too many logons at once to check this one.
    enum class Sender { NotChecked, Proven, Wrong, Busy };
    void on_frame(std::string_view frame, Sender sender = Sender::NotChecked);
    /// Once a second.
    void tick();
    /// A long ResendRequest(2) is being answered; a slice goes when the peer has taken the one before.
    /// Messages of the application are sent between slices, not held back.
    bool is_resending() const { return connection_ != nullptr && resender_.is_under_way(); }
    bool wants_slice() const;
    void send_slice();

    /// Messages that wait for a gap to close; one more is as if it had never come, and is asked for when the
    /// gap has closed.
    static constexpr std::uint32_t kMaxWaiting = 1024;

    // The application's side.
    /// Numbers, keeps and sends a message; returns the number. When nobody is logged on it is only
    /// numbered and kept, and the peer asks for it at its next logon.
    std::uint32_t send(std::string_view msg_type, std::string_view body, Seq record, Timestamp time);
    /// Sends an application message that no record of the core caused: a market data request, or
    /// anything of a client or simulator. Never sent again: a gap fill stands for it, unless `keep`.
    enum class Keep { No, Yes };
    void send_own(std::string_view msg_type, std::string_view body, Keep keep);
    /// Whether what is sent is shown by the next two, for the journal.
    void keep_sent_messages(bool keeps) { keeps_sent_ = keeps; }
    /// What the last send() put on the wire, or will when it is asked for. Empty when it never leaves.
    std::string_view last_sent() const { return last_sent_; }
    /// For SessionUser::on_numbers, credentials redacted: the session messages and repetitions sent since
    /// the last time, and the message that is being answered, if the application did not get it.
    std::string_view session_sent() const { return handed_over_; }
    /// Messages of their records that were sent again since the last time. Their bytes are on record once.
    NumberRange sent_again() const { return handed_over_again_; }
    std::string_view session_received();
    void log_out(const std::string& reason);
    void allow_logon();
    void reset();
    // What only simulated venues do to their peers.
    /// Of the next message only the first `bytes` bytes leave; then the connection closes.
    void cut_after(std::size_t bytes);
    /// Sends SequenceReset(4) without GapFillFlag(123)=Y; the next message has `new_seq_no`.
    void send_sequence_reset(std::uint32_t new_seq_no);

    bool is_logged_on() const { return rules_->is_logged_on(); }
    /// The last connection ended, or is ending, by the peer's own Logout(5).
    bool peer_logged_out() const { return peer_logged_out_; }
    bool is_enabled() const { return rules_->is_enabled(); }
    std::uint32_t next_number_in() const { return next_in_; }
    std::uint32_t next_number_out() const { return next_out_; }
    const SessionSettings& settings() const { return settings_; }
    const std::string& name() const { return name_; }
    Timestamp now() const { return clock_.now(); }
    SessionId id;  // as the core knows it; none for clients and simulators

    std::uint64_t fast_in = 0, slow_in = 0, fast_out = 0, slow_out = 0;  // messages by lane

  private:
    // RuleHost: what QuickFIX asks.
    void write_message(const std::string& message) override;
    void hang_up() override;
    void logged_on() override;
    void logged_out() override;
    bool application_message(const std::string& message, std::uint32_t msg_seq_num) override;
    void session_reject(const std::string& message) override;
    bool admit(std::string& why) override;
    bool may_resend(const std::string& msg_type) override;
    void log(const std::string& text, bool is_incoming, bool is_outgoing) override;
    std::uint32_t next_in() override { return next_in_; }
    std::uint32_t next_out() override { return next_out_; }
    void set_next_in(std::uint32_t number) override;
    void count_in() override;
    bool took_no_number() override { return takes_no_number_; }
    void set_next_out(std::uint32_t number) override { next_out_ = number; }
    void keep_sent(std::uint32_t number, const std::string& message) override;
    void fetch_sent(std::uint32_t begin, std::uint32_t end, std::vector<std::string>& out) override;
    void reset_numbers() override;

    bool take_fast_lane(std::string_view frame, std::int64_t second);
    bool may_come_now(std::string_view msg_type) const;
    void end_connection();
    void refuse_before_logon(std::string_view frame);
    bool may_move_numbers(std::string_view msg_type) const;
    std::uint32_t missed_by_logon(std::string_view msg_type) const;
    bool is_admitted() const;
    /// Runs a call into QuickFIX and afterwards journals what it did to the numbers.
    template <class Call>
    void slowly(Call&& call);
    void settle();
    bool numbers_moved() const;
    bool is_in_hand(std::uint32_t msg_seq_num);
    bool waits_for_a_gap() const;
    bool is_gap_left_open();
    bool must_wait(std::string_view msg_type) const;
    void leave_out(std::string_view frame);
    void tell_numbers();
    void note_sent(std::string_view message);

    SessionSettings settings_;
    std::string name_;
    SessionUser& user_;
    oms::Clock& clock_;
    Resender resender_;
    std::shared_ptr<Connection> connection_;

    std::uint32_t next_in_ = 1;
    std::uint32_t next_out_ = 1;
    std::uint32_t journaled_in_ = 1;  // as the journal knows them
    std::uint32_t journaled_out_ = 1;
    bool was_reset_ = false;
    int depth_ = 0;  // calls into QuickFIX under way
    bool state_changed_ = false;
    bool hang_up_asked_ = false;
    bool peer_logged_out_ = false;
    bool fast_lane_possible_ = false;  // ours to decide: dictionaries are our own, validation is stock
    std::uint32_t gap_end_ = 0;        // a number seen ahead of its turn: slow lane until we are past it
    std::uint32_t waiting_ = 0;        // for a gap to close, at most
    std::uint32_t looked_for_ = 0;     // next_in_ at the last ticks of this connection, and since when
    Timestamp looked_for_since_;
    Timestamp numbers_moved_at_;
    Timestamp received_;  // when the message in hand was read
    std::int64_t last_slow_in_s_ = 0;
    std::int64_t last_slow_out_s_ = 0;

    std::string_view current_frame_;      // being fed to QuickFIX
    Seq current_record_;                  // being sent through QuickFIX
    Seq last_record_;                     // of the newest message sent on the session
    Sender sender_ = Sender::NotChecked;  // of the frame that QuickFIX is being fed
    /// The one gap fill QuickFIX makes of a request that was taken over: neither sent nor logged as sent.
    enum class GapFill { AsUsual, NotSent, NotTold };
    GapFill gap_fill_ = GapFill::AsUsual;
    bool keeps_numbers_ = false;  // a stranger's message is being fed: it neither moves nor resets them
    bool is_sending_app_ = false;
    bool keep_own_ = false;
    MessageIndex index_;
    std::string scratch_;
    bool keeps_sent_ = false;
    bool was_handed_over_ = false;  // the frame that QuickFIX is being fed is in a record
    bool is_ahead_ = false;         // its number is ahead of its turn
    // Its number is not the next one. QuickFIX 1.15.1 counts a Reject(3), a Logout(5), one of another
    // BeginString(8) or without CompIDs all the same as what it waits for, which then is never asked for.
    bool takes_no_number_ = false;
    std::string last_sent_;
    std::string session_sent_;
    NumberRange sent_again_;
    std::string handed_over_;  // what of it is being journalled
    NumberRange handed_over_again_;
    MessageIndex redacted_index_;
    std::string redacted_;
    std::unique_ptr<RuleEngine> rules_;
};

}  // namespace penstock::fix
