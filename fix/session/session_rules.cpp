// What QuickFIX asks of a session while it is being called, who may log on, and what is sent again. The lanes
// are in fix_session.cpp.
#include <algorithm>

#include "fix/codec/body_writer.hpp"
#include "fix/codec/redact.hpp"
#include "fix/codec/tags.hpp"
#include "fix/codec/values.hpp"
#include "fix/session/fix_session.hpp"
#include "fix/session/raw_frame.hpp"

namespace penstock::fix {
namespace {

constexpr std::int64_t kNsPerSecond = 1'000'000'000;
constexpr std::uint32_t kGapFillFlag = 123;
constexpr std::uint32_t kNextExpectedMsgSeqNum = 789;
// Less than until a peer with the usual heartbeats, 30 s, is disconnected: nothing ahead of its turn counts
// as heard of it.
constexpr Duration kGapPatience = Duration::seconds(30);
constexpr std::size_t kResendMark = 64 * 1024;  // queued bytes above which the next slice waits
constexpr std::size_t kResendFields = 64;  // PossDupFlag(43), OrigSendingTime(122), a longer BodyLength(9)

}  // namespace

bool FixSession::application_message(const std::string& message, std::uint32_t msg_seq_num) {
    takes_no_number_ = false;  // whatever frame is in hand: this one's turn it is
    // A gap fill, say, whose turn was before this one, which had to wait for it: it has its record first.
    if (numbers_moved()) tell_numbers();
    // The bytes as they came, unless QuickFIX hands over one that had to wait for a gap to close.
    const bool is_current = is_in_hand(msg_seq_num);
    if (!is_current && !index_.parse(message)) return false;
    if (is_current) last_slow_in_s_ = received_.ns / kNsPerSecond;
    was_handed_over_ = was_handed_over_ || is_current;
    // The number counts from here: the record of this message carries it.
    if (msg_seq_num >= journaled_in_) journaled_in_ = msg_seq_num + 1;
    user_.on_message(*this, {index_, msg_seq_num, index_.find(tag::kPossDupFlag) == "Y", received_});
    return true;
}

void FixSession::session_reject(const std::string& message) {
    if (!index_.parse(message)) return;
    const auto number = parse_number(index_.find(tag::kMsgSeqNum).value_or(""));
    if (!number) return;
    const bool is_on_record =
        user_.on_reject(*this, {index_, *number, index_.find(tag::kPossDupFlag) == "Y", received_});
    // Unless it is one that waited for a gap, while another frame is in hand.
    if (is_on_record && is_in_hand(*number)) was_handed_over_ = true;
}

/// Is the frame QuickFIX is being fed the one of this number? Then `index_` is of its bytes.
bool FixSession::is_in_hand(std::uint32_t msg_seq_num) {
    return index_.parse(current_frame_) &&
           parse_number(index_.find(tag::kMsgSeqNum).value_or("")) == msg_seq_num;
}

void FixSession::write_message(const std::string& message) {
    if (gap_fill_ == GapFill::NotSent) {
        gap_fill_ = GapFill::NotTold;
        return;
    }
    if (!connection_) return;
    if (is_sending_app_) {
        if (keeps_sent_) last_sent_.assign(message);
        connection_->push(message, current_record_);
    } else {
        note_sent(message);
        connection_->push_unsettled(message);
    }
}

/// Keeps a message that no output of the core is, for the next record of the session.
void FixSession::note_sent(std::string_view message) {
    if (!keeps_sent_ || !redacted_index_.parse(message)) return;
    // A peer may ask for all of its messages as often as it likes. A range says it in a few bytes.
    const auto number = parse_number(redacted_index_.find(tag::kMsgSeqNum).value_or(""));
    if (redacted_index_.find(tag::kPossDupFlag) == "Y" && number && sent_again_.is_next(*number)) {
        const auto fills_up_to = parse_number(redacted_index_.find(tag::kNewSeqNo).value_or(""));
        if (redacted_index_.msg_type() != "4") return sent_again_.add(*number, *number);
        if (fills_up_to > *number && !sent_again_.empty()) sent_again_.add(*number, *fills_up_to - 1);
    }
    session_sent_.append(redacted(redacted_index_, redacted_));
}

std::string_view FixSession::session_received() {
    const bool is_unkept = !current_frame_.empty() && !was_handed_over_;
    return is_unkept && redacted_index_.parse(current_frame_)
               ? redacted(redacted_index_, redacted_)
               : std::string_view();
}

void FixSession::keep_sent(std::uint32_t number, const std::string& message) {
    if (is_sending_app_)
        resender_.sent().keep(number, current_record_, message);
    else if (keep_own_)
        resender_.sent().keep(number, {}, message);
}

void FixSession::fetch_sent(std::uint32_t begin, std::uint32_t end, std::vector<std::string>& out) {
    end = std::min(end, next_out_ - 1);
    if (Resender::is_long(begin, end)) {
        // Answered in slices. Told of no message, QuickFIX fills the whole range with one gap: not sent.
        resender_.add(begin, end);
        gap_fill_ = GapFill::NotSent;
        log("Resending " + std::to_string(begin) + " to " + std::to_string(end) + " in slices", false, false);
        return;
    }
    resender_.fetch(begin, end, clock_.now(), out);
    std::size_t bytes = 0;
    for (const std::string& one : out) bytes += one.size() + kResendFields;
    if (connection_) connection_->expect_resend(bytes);
}

void FixSession::set_next_in(std::uint32_t number) {
    if (keeps_numbers_) return;
    takes_no_number_ = false;
    next_in_ = number;
}

void FixSession::count_in() {
    if (!keeps_numbers_ && !takes_no_number_) ++next_in_;
}

void FixSession::reset_numbers() {
    if (keeps_numbers_) return;
    takes_no_number_ = false;
    next_in_ = next_out_ = 1;
    was_reset_ = true;
    gap_end_ = 0;
    resender_.stop();
    resender_.sent().clear();
}

void FixSession::log(const std::string& text, bool is_incoming, bool is_outgoing) {
    if (is_outgoing && gap_fill_ == GapFill::NotSent) return;
    if (!is_incoming && !is_outgoing && gap_fill_ == GapFill::NotTold) {
        gap_fill_ = GapFill::AsUsual;
        return;
    }
    user_.log(*this, text, is_incoming, is_outgoing);
}

// Told when QuickFIX has returned: what the user does then may call the session again.
void FixSession::logged_on() { state_changed_ = true; }
void FixSession::logged_out() { state_changed_ = true; }
void FixSession::hang_up() { hang_up_asked_ = true; }

bool FixSession::may_resend(const std::string& msg_type) { return user_.may_resend(msg_type); }

/// May a message of this MsgType(35) be fed now? Before the logon QuickFIX 1.15.1 takes a SequenceReset(4) or
/// a Reject(3) of anybody, and everything once a Logon(A) asked for a reset and was not taken.
bool FixSession::may_come_now(std::string_view msg_type) const {
    if (rules_->is_logged_on() || msg_type == "A") return true;
    // A venue's answer to our Logon(A).
    return settings_.is_initiator && (msg_type == "5" || msg_type == "3");
}

/// May the message being fed move or reset the numbers? QuickFIX does so first and asks for credentials
/// after: whoever knows the CompIDs could empty a session, and its client would never get what it missed.
bool FixSession::may_move_numbers(std::string_view msg_type) const {
    if (settings_.is_initiator || rules_->is_logged_on()) return true;
    return msg_type == "A" && is_admitted();
}

/// The first of our messages that the sender of the Logon(A) in `index_` has not got, by its
/// NextExpectedMsgSeqNum(789); 0 when it does not say so, or misses none. Such a peer sends no
/// ResendRequest(2), and QuickFIX 1.15.1 does not look at it. (FIX 4.4, Volume 2, Logon.)
std::uint32_t FixSession::missed_by_logon(std::string_view msg_type) const {
    if (msg_type != "A" || rules_->is_logged_on()) return 0;
    const auto next = parse_number(index_.find(kNextExpectedMsgSeqNum).value_or(""));
    return next && *next < next_out_ ? *next : 0;
}

bool FixSession::is_admitted() const {
    return settings_.is_initiator || settings_.password_hash.empty() || sender_ == Sender::Proven;
}

std::optional<FixSession::Claim> FixSession::claim_of(std::string_view frame) const {
    if (settings_.is_initiator || settings_.password_hash.empty() || rules_->is_logged_on())
        return std::nullopt;
    if (first_value(frame, kMsgTypeField) != "A") return std::nullopt;
    return Claim{std::string(first_value(frame,
                                         "\x01"
                                         "553=")),
                 std::string(first_value(frame,
                                         "\x01"
                                         "554="))};
}

bool FixSession::admit(std::string& why) {
    // Who is logged on has proven it already.
    if (is_admitted() || rules_->is_logged_on()) return true;
    // One answer for a wrong name and a wrong password: it must not tell which names exist.
    why = sender_ == Sender::Busy ? "too many logons at once; try again in a few seconds"
                                  : "username or password is wrong";
    return false;
}

/// Does QuickFIX keep the message in `index_`, which is ahead of its turn, until its turn comes?
bool FixSession::must_wait(std::string_view msg_type) const {
    if (msg_type == "4") return index_.find(kGapFillFlag) == "Y";
    return rules_->is_logged_on() && std::string_view("235A").find(msg_type) == std::string_view::npos;
}

void FixSession::leave_out(std::string_view frame) {
    --waiting_;
    current_frame_ = {};
    user_.log(*this, frame, true, false);
    log("Left out: " + std::to_string(kMaxWaiting) + " messages wait for a gap to close already", false,
        false);
}

/// Is there a gap, and has nothing of it come for so long?
bool FixSession::is_gap_left_open() {
    const Timestamp now = clock_.now();
    const bool is_waiting = next_in_ <= gap_end_ && next_in_ == looked_for_;
    if (is_waiting && now - looked_for_since_ < kGapPatience) return false;
    looked_for_ = next_in_;
    looked_for_since_ = now;
    return is_waiting;
}

void FixSession::cut_after(std::size_t bytes) {
    if (connection_) connection_->cut_after(bytes);
}

bool FixSession::wants_slice() const {
    // Behind what the peer has not taken yet a live report would have to wait.
    return is_resending() && rules_->is_logged_on() &&
           connection_->queued() <= std::min(kResendMark, settings_.limits.max_send_queue_bytes / 2);
}

void FixSession::send_slice() {
    scratch_.clear();
    resender_.next_slice(
        clock_.now(), [this](std::string_view msg_type) { return user_.may_resend(msg_type); },
        [this](std::string_view message) {
            user_.log(*this, message, false, true);
            note_sent(message);
            scratch_.append(message);
        });
    if (scratch_.empty()) return;
    connection_->expect_resend(scratch_.size());
    connection_->push_unsettled(scratch_);
    settle();
}

}  // namespace penstock::fix
