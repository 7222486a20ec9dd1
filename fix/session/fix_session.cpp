#include "fix/session/fix_session.hpp"

#include "fix/codec/message_writer.hpp"
#include "fix/codec/validate.hpp"
#include "fix/codec/values.hpp"
#include "fix/session/fast_header.hpp"
#include "fix/session/raw_frame.hpp"
#include "fix/session/rule_settings.hpp"
#include "fix/session/schedule.hpp"

namespace penstock::fix {
namespace {

constexpr std::int64_t kNsPerSecond = 1'000'000'000;
constexpr std::uint32_t kMsgSeqNum = 34;
constexpr std::size_t kMaxMessage = 4096;

/// The codec checks by our dictionaries and by QuickFIX's default rules; a session that was told
/// otherwise is QuickFIX's alone.
bool fast_lane_fits(const SessionSettings& settings) {
    return settings.use_fast_lane && settings.dictionary_file.empty() &&
           settings.application_dictionary_file.empty() && settings.validate_length_and_checksum &&
           settings.validate_fields_out_of_order && settings.validate_fields_have_values &&
           settings.check_comp_id;
}

bool read_number(std::optional<std::string_view> text, std::uint32_t& number) {
    const auto read = text ? parse_number(*text) : std::nullopt;
    number = read.value_or(0);
    return read.has_value();
}

}  // namespace

std::string session_name(const SessionSettings& settings) {
    std::string name = std::string(begin_string(settings.version)) + ":" + settings.sender_comp_id + "->" +
                       settings.target_comp_id;
    return settings.qualifier.empty() ? name : name + ":" + settings.qualifier;
}

FixSession::FixSession(const SessionSettings& settings, SessionUser& user, std::unique_ptr<SentMessages> sent,
                       oms::Clock& clock)
    : settings_(settings),
      name_(session_name(settings)),
      user_(user),
      clock_(clock),
      resender_(settings_, std::move(sent)),
      fast_lane_possible_(fast_lane_fits(settings)),
      rules_(RuleEngine::make(*this, rule_settings(settings))) {}

FixSession::~FixSession() = default;

void FixSession::set_numbers(std::uint32_t next_in, std::uint32_t next_out, Timestamp moved_at) {
    next_in_ = journaled_in_ = next_in;
    next_out_ = journaled_out_ = next_out;
    numbers_moved_at_ = moved_at;
}

void FixSession::keep_schedule() {
    if (settings_.schedule.non_stop) return;
    const Timestamp now = clock_.now();
    const auto start = period_start(settings_.schedule, now);
    if (!start) {
        if (rules_->is_enabled()) log_out("the session's hours are over");
        return;
    }
    const bool is_fresh = next_in_ == 1 && next_out_ == 1;
    if (numbers_moved_at_ < *start && !is_fresh) reset();
    numbers_moved_at_ = now;
    if (!rules_->is_enabled()) allow_logon();
}

template <class Call>
void FixSession::slowly(Call&& call) {
    ++depth_;
    call();
    if (--depth_ == 0) settle();
}

/// QuickFIX has returned: what it did to numbers becomes a record, and what it wrote waits for it.
void FixSession::settle() {
    // What was sent again moves no number and is on record all the same.
    if (numbers_moved() || !session_sent_.empty() || !sent_again_.empty() || waits_for_a_gap()) {
        tell_numbers();
    } else if (connection_) {
        // What left between messages of the application: their record carries the numbers.
        connection_->settle(last_record_);
    }
    if (state_changed_) {
        state_changed_ = false;
        user_.on_state(*this, rules_->is_logged_on());
    }
    if (!hang_up_asked_) return;
    hang_up_asked_ = false;
    resender_.stop();
    if (connection_) connection_->close("the session ended it");
    connection_.reset();
}

bool FixSession::numbers_moved() const {
    return next_in_ != journaled_in_ || next_out_ != journaled_out_ || was_reset_;
}

/// A frame whose turn is later, and nothing is sent: what is missing was asked for already. It goes on record
/// now, as it came; when its turn comes QuickFIX has only its text.
bool FixSession::waits_for_a_gap() const {
    return keeps_sent_ && is_ahead_ && !current_frame_.empty() && !was_handed_over_ && rules_->is_logged_on();
}

/// Makes a record of where the numbers are, with the frame in hand and what was sent.
void FixSession::tell_numbers() {
    journaled_in_ = next_in_;
    journaled_out_ = next_out_;
    handed_over_.swap(session_sent_);
    handed_over_again_ = std::exchange(sent_again_, {});
    const Seq record = user_.on_numbers(*this, std::exchange(was_reset_, false));
    was_handed_over_ = true;
    handed_over_.clear();
    if (connection_) connection_->settle(record);
}

void FixSession::attach(std::shared_ptr<Connection> connection) {
    connection_ = std::move(connection);
    hang_up_asked_ = false;
    peer_logged_out_ = false;
    gap_end_ = looked_for_ = 0;
    connection_->set_max_message_bytes(settings_.limits.max_message_bytes);
    slowly([&] {
        rules_->connected();
        if (settings_.is_initiator) rules_->tick();  // sends Logon(A) now rather than within a second
    });
}

void FixSession::detach() {
    connection_.reset();
    resender_.stop();
    gap_end_ = 0;
    end_connection();
}

/// A session may be told to reset when it disconnects; who never logged on resets nothing.
void FixSession::end_connection() {
    keeps_numbers_ = !may_move_numbers({});
    slowly([&] { rules_->disconnected(); });
    keeps_numbers_ = false;
}

void FixSession::on_frame(std::string_view frame, Sender sender) {
    received_ = clock_.now();
    if (take_fast_lane(frame, received_.ns / kNsPerSecond)) return;
    ++slow_in;
    const std::string_view why = why_garbled(frame);
    if (!why.empty()) {
        log("Garbled message ignored: " + std::string(why), false, false);
        return rules_->is_logged_on() ? void() : end_connection();
    }
    const std::string_view msg_type = first_value(frame, kMsgTypeField);
    if (!may_come_now(msg_type)) return refuse_before_logon(frame);
    scratch_.assign(frame);
    current_frame_ = frame;
    was_handed_over_ = false;
    std::uint32_t number = 0;
    const bool has_number = index_.parse(frame) && read_number(index_.find(kMsgSeqNum), number);
    is_ahead_ = has_number && number > next_in_;
    if (next_in_ > gap_end_ && std::exchange(waiting_, 0) > 0) rules_->forget_waiting();
    if (is_ahead_ && must_wait(msg_type) && ++waiting_ > kMaxWaiting) return leave_out(frame);
    if (is_ahead_) gap_end_ = std::max(gap_end_, number);
    if (msg_type == "5" && rules_->is_logged_on() && !rules_->sent_logout()) peer_logged_out_ = true;
    takes_no_number_ = has_number && number != next_in_;
    const std::uint32_t missed_from = missed_by_logon(msg_type);
    const std::uint32_t missed_to = next_out_ - 1;
    sender_ = sender;
    keeps_numbers_ = !may_move_numbers(msg_type);
    slowly([&] {
        rules_->receive(scratch_);
        keeps_numbers_ = false;
        gap_fill_ = GapFill::AsUsual;
    });
    sender_ = Sender::NotChecked;
    takes_no_number_ = false;
    current_frame_ = {};
    // The rules let the connection be when they cannot read its Logon(A).
    const bool is_stranger = sender == Sender::Wrong || sender == Sender::Busy;
    if (is_stranger && connection_ && !rules_->is_logged_on()) end_connection();
    // Unless that Logon(A) was refused, or reset the numbers.
    if (missed_from > 0 && rules_->is_logged_on() && next_out_ > missed_to)
        resender_.add(missed_from, missed_to);
}

void FixSession::refuse_before_logon(std::string_view frame) {
    user_.log(*this, frame, true, false);
    log("Refused: nobody is logged on", false, false);
    end_connection();
}

bool FixSession::take_fast_lane(std::string_view frame, std::int64_t second) {
    if (!fast_lane_possible_ || second != last_slow_in_s_ || depth_ > 0) return false;
    if (!rules_->is_logged_on() || rules_->sent_logout() || !rules_->is_enabled()) return false;
    if (next_in_ <= gap_end_ || !index_.parse(frame)) return false;
    const FastHeader header(index_);
    if (index_.begin_string() != begin_string(settings_.version) || header.msg_seq_num != next_in_ ||
        header.needs_session || header.sender_comp_id != settings_.target_comp_id ||
        header.target_comp_id != settings_.sender_comp_id)
        return false;
    const auto sent_at = parse_timestamp(header.sending_time);
    if (!sent_at) return false;
    const std::int64_t late = second - sent_at->ns / kNsPerSecond;
    if (settings_.check_latency && (late > settings_.max_latency_s || -late > settings_.max_latency_s))
        return false;
    if (check(index_, settings_.version) != Verdict::Clean) return false;
    ++fast_in;
    user_.log(*this, frame, true, false);
    journaled_in_ = ++next_in_;
    user_.on_message(*this, {index_, header.msg_seq_num, false, received_});
    return true;
}

std::uint32_t FixSession::send(std::string_view msg_type, std::string_view body, Seq record, Timestamp time) {
    const std::uint32_t number = next_out_;
    last_record_ = record;
    last_sent_.clear();
    const std::int64_t second = time.ns / kNsPerSecond;
    const bool logged_on = connection_ && rules_->is_logged_on();
    if (logged_on && (!fast_lane_possible_ || second != last_slow_out_s_)) {
        ++slow_out;
        last_slow_out_s_ = second;
        current_record_ = record;
        is_sending_app_ = true;
        journaled_out_ = number + 1;
        // Not `slowly`: this runs inside the step of a record, which must not start another. Whatever
        // else QuickFIX did is settled by the next call that comes from the wire or the clock.
        ++depth_;
        rules_->send(std::string(msg_type), std::string(body));
        --depth_;
        is_sending_app_ = false;
        PENSTOCK_ASSERT(next_out_ == number + 1, "QuickFIX did not number a message that was journalled");
        return number;
    }
    std::array<char, kMaxMessage> message;
    const Header header = header_of(settings_, number, time);
    const std::size_t size = fix::write_message(header, msg_type, body, message.data(), message.size());
    const std::string_view bytes(message.data(), size);
    journaled_out_ = ++next_out_;
    resender_.sent().keep(number, record, bytes);
    // What was numbered while nobody is logged on leaves when it is asked for, and is on record as this.
    if (keeps_sent_ && (logged_on || user_.may_resend(msg_type))) last_sent_.assign(bytes);
    if (!logged_on) return number;
    ++fast_out;
    user_.log(*this, bytes, false, true);
    connection_->push(bytes, record);
    return number;
}

void FixSession::send_own(std::string_view msg_type, std::string_view body, Keep keep) {
    keep_own_ = keep == Keep::Yes;
    slowly([&] { rules_->send(std::string(msg_type), std::string(body)); });
    keep_own_ = false;
}

void FixSession::tick() {
    slowly([&] {
        if (is_gap_left_open()) rules_->ask_again();
        rules_->tick();
    });
}

void FixSession::log_out(const std::string& reason) {
    slowly([&] {
        rules_->disable(reason);
        rules_->tick();
    });
}

void FixSession::allow_logon() {
    slowly([&] { rules_->enable(); });
}

void FixSession::reset() {
    slowly([&] { rules_->reset(); });
}

void FixSession::send_sequence_reset(std::uint32_t new_seq_no) {
    slowly([&] {
        if (!connection_ || !rules_->is_logged_on()) return;
        const Header header = header_of(settings_, next_out_, clock_.now());
        const std::string body =
            "36=" + std::to_string(new_seq_no) +
            "\x01"
            "123=N\x01";
        std::string message(kMaxMessage, '\0');
        message.resize(fix::write_message(header, "4", body, message.data(), message.size()));
        user_.log(*this, message, false, true);
        connection_->push_unsettled(message);
        next_out_ = new_seq_no;
    });
}

}  // namespace penstock::fix
