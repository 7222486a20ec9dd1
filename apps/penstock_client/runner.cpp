#include "apps/penstock_client/runner.hpp"

#include <algorithm>

#include "oms/domain/print.hpp"
#include "oms/domain/result.hpp"

namespace penstock::client {
namespace {

/// Reports shown when an expectation was not met.
constexpr std::size_t kShownUnread = 20;

std::string seconds_text(Duration duration) {
    const auto seconds = Decimal::from_parts(duration.ns, 9);
    return seconds ? oms::to_text(*seconds) : "?";
}

}  // namespace

bool has_words(std::string_view line, const std::vector<std::string>& words) {
    std::size_t met = 0;
    for (const std::string& word : split_words(line)) {
        if (met == words.size()) break;
        // "MaxQuantity" finds "MaxQuantity:": punctuation at the end of a word is not part of it.
        const std::size_t end = word.find_last_not_of(",.:;");
        if (word == words[met] || word.substr(0, end + 1) == words[met]) ++met;
    }
    return met == words.size();
}

Runner::Runner(const RunnerSettings& settings, RunnerPort& port)
    : settings_(settings), port_(port), orders_(settings.run) {}

void Runner::on_line(std::string_view line) {
    ++line_number_;
    const Parsed parsed = parse_command(line);
    if (settings_.is_script && !settings_.json && parsed.command.index() != 0)
        port_.say("> " + std::string(line));
    if (!parsed.error.empty()) return fail(parsed.error, kExitUsage);
    run(parsed.command, line);
}

void Runner::run(const Command& command, std::string_view line) {
    std::visit(
        Overloaded{
            [](const std::monostate&) {},
            [&](const ListOrders&) { list_orders(); },
            [&](const Watch&) {
                wait({std::string(line), {}, {}, true});
            },
            [&](const WaitFor& what) {
                wait({std::string(line), {}, what, false});
            },
            [&](const Expect& expect) {
                wait({std::string(line), expect, {}, false});
            },
            [&](const SetTimeout& set) { timeout_ = set.timeout; },
            [&](const SendRaw& raw) {
                send({raw.msg_type, raw.body});
            },
            [&](const Help&) { port_.say(std::string(help_text())); },
            [&](const Quit&) { end(kExitOk); },
            [&](const auto& request) { run(request); },
        },
        command);
}

void Runner::run(const NewOrder& command) {
    const ClientOrder* order = orders_.add(command);
    if (order == nullptr)
        return fail("the id " + command.name + " was used before; choose another", kExitFailed);
    send(new_order(*order, context()));
}

void Runner::run(const AmendOrder& command) {
    ClientOrder* order = find(command.name);
    if (order == nullptr) return;
    send(amend(*order, command, orders_.request_id(*order, command.id), context()));
}

void Runner::run(const SendList& command) {
    SendList list = command;
    if (list.id.empty()) list.id = orders_.free_id();
    std::vector<const ClientOrder*> legs;
    for (const NewOrder& order : list.orders) {
        legs.push_back(orders_.add(order));
        if (legs.back() == nullptr)
            return fail("the id " + order.name + " was used before; choose another", kExitFailed);
    }
    send(new_list(list, legs, context()));
}

void Runner::run(const AskList& command) { send(ask_list(command, context())); }

void Runner::run(const CancelOrder& command) {
    ClientOrder* order = find(command.name);
    if (order == nullptr) return;
    send(cancel(*order, command, orders_.request_id(*order, command.id), context()));
}

/// FIX 4.2 has no mass cancel: one cancel for each order that is not known to be done.
void Runner::run(const CancelAll& command) {
    if (settings_.version != fix::Version::Fix42)
        return send(mass_cancel(command.symbol, orders_.free_id(), context()));
    for (const ClientOrder& order : orders_.all()) {
        const bool is_meant = command.symbol.empty() || command.symbol == order.terms.symbol;
        if (is_meant && !is_done(order.status)) run(CancelOrder{order.terms.name, {}, {}});
    }
}

void Runner::run(const AskStatus& command) {
    if (command.name != "all") {
        if (const ClientOrder* order = find(command.name)) send(status(*order));
        return;
    }
    if (settings_.version == fix::Version::Fix42)
        return fail("FIX 4.2 has no mass status request; ask for each order", kExitFailed);
    send(mass_status(orders_.free_id()));
}

void Runner::list_orders() {
    if (orders_.all().empty()) port_.say("  no orders");
    for (const ClientOrder& order : orders_.all()) port_.say(to_line(order));
}

ClientOrder* Runner::find(const std::string& name) {
    ClientOrder* order = orders_.find(name);
    if (order == nullptr) fail("there is no order " + name + "; 'orders' lists them", kExitFailed);
    return order;
}

/// While logged off nothing is sent: it would be kept, and trade when nobody expects it any more.
void Runner::send(const Outgoing& message) {
    if (!port_.is_logged_on())
        return fail("not logged on; nothing was sent. 'wait logon' waits", kExitFailed);
    port_.send(message);
}

void Runner::wait(Waiting waiting) {
    if (waiting.wait && waiting.wait->what == WaitFor::What::Done && find(waiting.wait->name) == nullptr)
        return;
    if (is_met(waiting)) return;
    if (!waiting.is_endless) port_.start_timer(timeout_);
    waiting_ = std::move(waiting);
}

bool Runner::is_met(const Waiting& waiting) {
    if (waiting.is_endless) return false;
    if (!waiting.wait) return take_unread(waiting.expect.words);
    switch (waiting.wait->what) {
        case WaitFor::What::Logon: return port_.is_logged_on();
        case WaitFor::What::Logout: return !port_.is_logged_on();
        case WaitFor::What::Done: {
            const ClientOrder* order = orders_.find(waiting.wait->name);
            return order != nullptr && is_done(order->status);
        }
    }
    return true;
}

bool Runner::take_unread(const std::vector<std::string>& words) {
    const auto found = std::find_if(
        unread_.begin(), unread_.end(), [&](const std::string& line) { return has_words(line, words); });
    if (found == unread_.end()) return false;
    unread_.erase(found);
    return true;
}

void Runner::look() {
    if (!waiting_ || !is_met(*waiting_)) return;
    waiting_.reset();
    port_.stop_timer();
}

void Runner::on_message(const fix::MessageIndex& message) {
    Report report = read_report(message);
    orders_.apply(report);
    std::string line = to_line(report);
    port_.say(settings_.json ? to_json(report) : line);
    unread_.push_back(std::move(line));
    if (unread_.size() > kMaxUnread) unread_.pop_front();
    look();
}

void Runner::on_state(bool is_logged_on) {
    const std::string event = is_logged_on ? "LoggedOn" : "LoggedOut";
    port_.say(settings_.json ? event_json(event, {}) : "* " + event);
    look();
}

void Runner::on_timeout() {
    if (!waiting_) return;
    std::string what = "not seen in " + seconds_text(timeout_) + " s: " + waiting_->command;
    if (!waiting_->wait) {
        what +=
            unread_.empty() ? "\n  no report is left that was not expected" : "\n  seen and not expected:";
        const std::size_t first = unread_.size() - std::min(unread_.size(), kShownUnread);
        for (std::size_t i = first; i < unread_.size(); ++i) what += "\n    " + unread_[i];
    }
    waiting_.reset();
    fail(what, kExitFailed);
}

void Runner::on_end() {
    if (!has_ended_) end(kExitOk);
}

void Runner::on_interrupt() {
    const bool cut_short = settings_.is_script && !(waiting_ && waiting_->is_endless);
    end(cut_short ? kExitFailed : kExitOk);
}

void Runner::fail(const std::string& what, int exit_code) {
    if (has_ended_) return;
    if (!settings_.is_script) return port_.complain(what);
    port_.complain(settings_.source + ":" + std::to_string(line_number_) + ": " + what);
    end(exit_code);
}

void Runner::end(int exit_code) {
    if (has_ended_) return;
    has_ended_ = true;
    waiting_.reset();
    port_.stop_timer();
    port_.finish(exit_code);
}

}  // namespace penstock::client
