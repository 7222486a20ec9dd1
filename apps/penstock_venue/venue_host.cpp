#include "apps/penstock_venue/venue_host.hpp"

#include <algorithm>
#include <fstream>

#include "apps/penstock_venue/report_line.hpp"

namespace penstock::apps {

VenueHost::VenueHost(boost::asio::io_context& io, oms::Clock& clock, const VenueSettings& settings,
                     VenueLines lines)
    : clock_(clock),
      settings_(settings),
      lines_(std::move(lines)),
      venue_(settings.profile, settings.seed),
      engine_(io, clock),
      timer_(io) {
    engine_.note = lines_.note;
}

std::optional<std::string> VenueHost::open() {
    for (const ReplaySettings& replay : settings_.replays)
        if (auto wrong = open_replay(replay)) return wrong;
    if (auto wrong = open_sessions()) return wrong;
    if (auto wrong = engine_.listen(settings_.listener)) return wrong;
    engine_.start();
    wake_when_due();
    return std::nullopt;
}

std::optional<std::string> VenueHost::open_replay(const ReplaySettings& replay) {
    auto stream = std::make_unique<std::ifstream>(replay.file);
    if (!*stream) return "cannot read the replay file " + replay.file.string();
    const auto traded =
        std::find_if(settings_.profile.instruments.begin(), settings_.profile.instruments.end(),
                     [&](const auto& one) { return one.instrument.symbol == replay.symbol; });
    sim::ReplayReader reader(replay.file.string(), std::move(stream), replay.format, replay.price_scale);
    const Status added = venue_.replay({traded->instrument, std::move(reader), replay.speed});
    if (added == Fault::None) return std::nullopt;
    return "replay " + replay.file.string() + ": " + std::string(to_text(added));
}

std::optional<std::string> VenueHost::open_sessions() {
    if (!settings_.state_file.empty())
        if (auto wrong = numbers_.open(settings_.state_file)) return wrong;
    std::uint32_t last_key = 0;
    for (const fix::SessionSettings& settings : settings_.sessions) {
        fix::FixSession& session =
            engine_.add_session(settings, *this, std::make_unique<fix::SentInMemory>());
        session.id = sim::SessionKey{++last_key};
        if (!settings_.state_file.empty()) numbers_.recover(session);
        session.allow_logon();
    }
    logged_on_.assign(last_key, false);
    return std::nullopt;
}

void VenueHost::on_message(fix::FixSession& session, const fix::AppMessage& message) {
    venue_.on_message(session.id, message.fields, clock_.now(), actions_);
}

void VenueHost::on_state(fix::FixSession& session, bool is_logged_on) {
    const std::size_t at = session.id.value - 1;
    // Logged out and disconnected are both told; to the venue the session is lost once.
    if (logged_on_[at] == is_logged_on) return;
    logged_on_[at] = is_logged_on;
    lines_.note(session.name() + (is_logged_on ? ": logged on" : ": logged out"));
    if (is_logged_on)
        venue_.on_logon(session.id, clock_.now(), actions_);
    else
        venue_.on_logout(session.id, clock_.now(), actions_);
}

/// Reports are; an old picture of the market helps nobody.
bool VenueHost::may_resend(std::string_view msg_type) { return msg_type != "W" && msg_type != "Y"; }

void VenueHost::log(fix::FixSession& session, std::string_view text, bool is_incoming, bool is_outgoing) {
    if (lines_.fix_log) lines_.fix_log(session, text, is_incoming, is_outgoing);
}

void VenueHost::perform(const sim::Action& action) {
    fix::FixSession& session = *engine_.sessions()[action.session.value - 1];
    std::visit(Overloaded{
                   [&](const sim::Send& send) {
                       const bool is_kept = may_resend(send.msg_type);
                       session.send_own(send.msg_type, send.body,
                                        is_kept ? fix::FixSession::Keep::Yes : fix::FixSession::Keep::No);
                       if (!lines_.report) return;
                       const std::string line = report_line(send);
                       if (!line.empty()) lines_.report(line);
                   },
                   [&](const sim::CutAtByte& cut) { session.cut_after(cut.byte); },
                   [&](const sim::ResetSequence& reset) {
                       session.send_sequence_reset(session.next_number_out() + reset.ahead);
                   },
               },
               action.what);
}

bool VenueHost::end_turn() {
    bool was_busy = false;
    // Sending may log a session out, which makes the venue say more.
    while (!actions_.empty()) {
        was_busy = true;
        doing_.swap(actions_);
        for (const sim::Action& action : doing_) perform(action);
        doing_.clear();
    }
    wake_when_due();
    // Numbers first: what a peer has seen must be in the file.
    if (!numbers_.keep()) lines_.note("cannot write " + settings_.state_file.string() + "; free disk space");
    engine_.release(Seq{UINT64_MAX});
    return was_busy;
}

void VenueHost::wake_when_due() {
    const auto due = venue_.next_due();
    if (!due || due == armed_) return;
    armed_ = due;
    timer_.expires_after(std::chrono::nanoseconds(std::max<std::int64_t>((*due - clock_.now()).ns, 0)));
    timer_.async_wait([this](const boost::system::error_code& stopped) {
        if (stopped) return;
        armed_.reset();
        venue_.on_time(clock_.now(), actions_);
        tell_problems();
    });
}

void VenueHost::tell_problems() {
    const auto problems = venue_.problems();
    for (; told_problems_ < problems.size(); ++told_problems_)
        lines_.note("replay stopped: " + problems[told_problems_]);
}

void VenueHost::log_out() {
    timer_.cancel();
    engine_.log_out("the venue closes");
}

bool VenueHost::is_done() const {
    return std::none_of(engine_.sessions().begin(), engine_.sessions().end(), [](const auto& session) {
        return session->is_connected();
    });
}

}  // namespace penstock::apps
