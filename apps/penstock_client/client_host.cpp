#include "apps/penstock_client/client_host.hpp"

#include <csignal>
#include <cstdio>

namespace penstock::client {
namespace {

constexpr Duration kLogoutTime = Duration::seconds(2);
/// A person or a script is slower than a wake-up.
constexpr apps::Patience kPatience{apps::Patience::Duration{0}, apps::Patience::Duration{0}};

std::chrono::nanoseconds to_chrono(Duration duration) { return std::chrono::nanoseconds(duration.ns); }

/// Different in every run for two years: the second of the start, in base 36.
std::string run_name(Timestamp now) {
    constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
    constexpr int kLetters = 5;
    std::string name;
    std::uint64_t second = static_cast<std::uint64_t>(now.ns) / 1'000'000'000;
    for (int i = 0; i < kLetters; ++i, second /= kDigits.size())
        name.insert(name.begin(), kDigits[second % kDigits.size()]);
    return name;
}

RunnerSettings runner_settings(const ClientSettings& settings, Timestamp now) {
    RunnerSettings made;
    made.version = settings.session.version;
    made.run = run_name(now);
    made.is_script = !settings.script.empty();
    made.source = settings.script == "-" ? "stdin" : settings.script;
    made.json = settings.json;
    return made;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

std::string logon_advice(const std::string& reason, const fix::SessionSettings& session) {
    const std::string who = session.sender_comp_id + " -> " + session.target_comp_id;
    if (contains(reason, "Connection refused"))
        return "Does something listen on " + session.host + ":" + std::to_string(session.port) +
               "? ./run starts the demo and prints its ports.";
    if (contains(reason, "too low"))
        return "The other side remembers an earlier session: use --store with the folder of that session, or "
               "ResetOnLogon=Y where both sides agree to it.";
    if (contains(reason, "the peer closed") || contains(reason, "reset by peer"))
        return "Is the session " + who + " (" + std::string(fix::begin_string(session.version)) +
               ") configured there, and is nobody else logged on with it? Does the port speak TLS?";
    if (contains(reason, "certificate") || contains(reason, "TLS"))
        return "Check --ca, --cert, --key and --server-name.";
    return "The acceptor's log says more.";
}

ClientHost::ClientHost(oms::Clock& clock, const ClientSettings& settings, fix::SessionLog fix_log)
    : clock_(clock),
      settings_(settings),
      fix_log_(std::move(fix_log)),
      loop_(io_, kPatience),
      engine_(io_, clock),
      runner_(runner_settings(settings, clock.now()), *this),
      lines_(io_),
      signals_(io_, SIGINT, SIGTERM),
      wait_timer_(io_),
      limit_timer_(io_) {
    engine_.note = [this](std::string_view line) { on_note(line); };
    session_ = &engine_.add_session(settings_.session, *this, std::make_unique<fix::SentInMemory>());
}

bool ClientHost::open() {
    auto wrong = lines_.open(settings_.script.empty() ? "-" : settings_.script);
    if (!wrong && !settings_.store.empty()) {
        wrong = numbers_.open(settings_.store);
        numbers_.recover(*session_);
    }
    if (wrong) complain("penstock-client: " + *wrong);
    return !wrong;
}

int ClientHost::run() {
    if (!open()) return kExitUsage;
    signals_.async_wait([this](const boost::system::error_code& failed, int) {
        if (!failed) runner_.on_interrupt();
    });
    start_logon_timer();
    session_->allow_logon();
    engine_.start();
    loop_.run({[this] { return end_turn(); }, [] { return true; }});
    lines_.close();
    engine_.close();
    std::fflush(stdout);
    return exit_code_.value_or(kExitOk);
}

void ClientHost::start_logon_timer() {
    limit_timer_.expires_after(to_chrono(settings_.logon_timeout));
    limit_timer_.async_wait([this](const boost::system::error_code& stopped) {
        if (!stopped && !was_logged_on_) cannot_log_on("no answer to the Logon in time");
    });
}

bool ClientHost::end_turn() {
    if (!numbers_.keep()) complain("* cannot write " + settings_.store.string() + "; free disk space");
    engine_.release(Seq{UINT64_MAX});
    std::fflush(stdout);
    if (exit_code_) {
        if (session_->is_connected()) return false;
        loop_.stop();
        return true;
    }
    if (!was_logged_on_ || asked_for_line_ || !runner_.is_ready()) return false;
    asked_for_line_ = true;
    lines_.next([this](std::optional<std::string> line) {
        asked_for_line_ = false;
        if (line)
            runner_.on_line(*line);
        else
            runner_.on_end();
    });
    return true;
}

void ClientHost::on_message(fix::FixSession&, const fix::AppMessage& message) {
    runner_.on_message(message.fields);
}

void ClientHost::on_state(fix::FixSession&, bool is_logged_on) {
    if (is_logged_on_ == is_logged_on) return;
    is_logged_on_ = is_logged_on;
    const bool is_first = is_logged_on && !was_logged_on_;
    was_logged_on_ |= is_logged_on;
    if (is_first && settings_.script.empty() && !settings_.json)
        say("* " + session_->name() + " at " + settings_.session.host + ":" +
            std::to_string(settings_.session.port) + "; 'help' lists the commands");
    if (is_logged_on && !exit_code_) limit_timer_.cancel();
    runner_.on_state(is_logged_on);
}

void ClientHost::log(fix::FixSession& session, std::string_view text, bool is_incoming, bool is_outgoing) {
    if (fix_log_) fix_log_(session, text, is_incoming, is_outgoing);
    if (is_incoming) on_session_message(text);
}

/// The session keeps Reject(3) and Logout(5) to itself, but people want to read them.
void ClientHost::on_session_message(std::string_view frame) {
    const bool is_reject = frame.find(
                               "\x01"
                               "35=3\x01") != std::string_view::npos;
    const bool is_logout = frame.find(
                               "\x01"
                               "35=5\x01") != std::string_view::npos;
    if ((!is_reject && !is_logout) || !index_.parse(frame)) return;
    if (index_.msg_type() == "3") runner_.on_message(index_);
    if (index_.msg_type() == "5") logout_text_ = index_.find(58).value_or(std::string_view());
}

void ClientHost::on_note(std::string_view line) {
    std::string text(line);
    const std::string name = session_ == nullptr ? std::string() : session_->name() + ": ";
    if (!name.empty() && text.starts_with(name)) text.erase(0, name.size());
    if (was_logged_on_) {
        if (!exit_code_) complain("* " + text + (logout_text_.empty() ? "" : ": " + logout_text_));
        return;
    }
    cannot_log_on(logout_text_.empty() ? text : "refused by the other side: " + logout_text_);
}

void ClientHost::cannot_log_on(const std::string& reason) {
    if (exit_code_) return;
    complain("penstock-client: " + session_->name() + ": " + reason);
    complain("  " + logon_advice(reason, settings_.session));
    finish(kExitUnreachable);
}

void ClientHost::send(const Outgoing& message) {
    session_->send_own(message.msg_type, message.body, fix::FixSession::Keep::Yes);
}

void ClientHost::say(const std::string& line) {
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
}

void ClientHost::complain(const std::string& line) {
    std::fflush(stdout);
    std::fprintf(stderr, "%s\n", line.c_str());
}

void ClientHost::start_timer(Duration after) {
    wait_timer_.expires_after(to_chrono(after));
    wait_timer_.async_wait([this](const boost::system::error_code& stopped) {
        if (!stopped) runner_.on_timeout();
    });
}

void ClientHost::finish(int exit_code) {
    if (exit_code_) return;
    exit_code_ = exit_code;
    engine_.log_out("");
    limit_timer_.expires_after(to_chrono(kLogoutTime));
    limit_timer_.async_wait([this](const boost::system::error_code& stopped) {
        if (!stopped) loop_.stop();
    });
}

}  // namespace penstock::client
