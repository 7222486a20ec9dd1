#include "tests/fix/engagement/desk.hpp"

#include <algorithm>
#include <array>

#include "fix/codec/body_writer.hpp"
#include "fix/codec/decode_client.hpp"
#include "fix/codec/decode_list.hpp"
#include "fix/codec/encode.hpp"
#include "tests/fix/session/script.hpp"
#include "tests/places.hpp"
#include "tests/scenarios/lines.hpp"

namespace penstock::fix::test {
namespace {

/// Small, so that a case costs little and can fill it.
constexpr oms::Capacity kCapacity{.orders = 24, .requests = 100, .fills = 100, .refusals = 100};

const std::vector<scenarios::Line>& world() {
    static const auto lines = scenarios::parse_file(tests::source_dir() + "/tests/scenarios/standard.world");
    return lines;
}

void play_line(scenarios::Stage& stage, const scenarios::Line& line) {
    if (line.way == scenarios::Way::Stage) return scenarios::play_stage_line(stage, line);
    if (line.party.starts_with("client")) return scenarios::play_client_line(stage, line);
    scenarios::play_venue_line(stage, line);
}

SessionId client_of(const scenarios::Stage& stage) { return stage.session("client A", {}); }

/// Cut behind each CheckSum(10).
std::vector<std::string> messages_of(const std::string& bytes) {
    std::vector<std::string> messages;
    std::string rest = readable(bytes);
    for (std::size_t end; (end = rest.find("|10=")) != std::string::npos;) {
        end = rest.find('|', end + 1) + 1;
        messages.push_back(rest.substr(0, end));
        rest.erase(0, end);
    }
    return messages;
}

}  // namespace

Desk::Desk(Version version) : version_(version), acceptor_(version, OurAcceptor::Lanes::Both) {
    acceptor_.on_app = [this](FixSession& session, const AppMessage& message) { take(session, message); };
}

void Desk::log_on() {
    acceptor_.connect();
    number_ = 1;
    std::string logon = "35=A|34=" + std::to_string(number_++) + "|98=0|108=30";
    if (version_ == Version::Fix50Sp2) logon += "|1137=9";
    std::replace(logon.begin(), logon.end(), '|', kSoh);
    acceptor_.exchange(complete(logon, std::string(begin_string(version_))));
}

void Desk::play_lines(std::string_view lines) {
    for (const scenarios::Line& line : scenarios::parse("case", lines)) {
        play_line(*stage_, line);
        deliver();
    }
}

Desk::Answer Desk::play(const Case& one) {
    stage_.emplace(system_.emplace(kCapacity));
    for (const scenarios::Line& line : world()) play_line(*stage_, line);
    if (!acceptor_.is_connected()) log_on();
    play_lines(one.given);
    acceptor_.exchange("");
    answer_ = {};
    std::string text(one.send);
    text.replace(text.find("34=next"), 7, "34=" + std::to_string(number_++));
    std::replace(text.begin(), text.end(), '|', kSoh);
    answer_.client = messages_of(acceptor_.exchange(complete(text, std::string(begin_string(version_)))));
    play_lines(one.then);
    for (std::string& message : messages_of(acceptor_.exchange("")))
        answer_.client.push_back(std::move(message));
    return std::move(answer_);
}

void Desk::take(FixSession& session, const AppMessage& message) {
    scenarios::Line line;
    line.text = "the case's message";
    const ClientContext context{
        client_of(*stage_), version_, message.received, session.settings().max_order_age};
    if (message.fields.msg_type() != "E") {
        stage_->feed(decode_client(message.fields, context), line);
        return deliver();
    }
    const ListInputs inputs(message.fields, context);
    for (std::uint32_t i = 0; i < inputs.count(); ++i) {
        stage_->feed(inputs.at(i), line);
        deliver();
    }
}

/// The outputs of the last step, each where it goes.
void Desk::deliver() {
    std::array<char, kMaxBody> bytes;
    const EncodeContext context{version_, {*FixedText<2>::from("P1"), 1}, 3};
    const SessionId client = client_of(*stage_);
    for (const oms::Output& output : stage_->last_outputs()) {
        if (const auto* alarm = std::get_if<oms::Alarm>(&output))
            answer_.alarms.emplace_back(to_text(alarm->kind));
        BodyWriter body(bytes.data(), bytes.size());
        const std::string_view msg_type = encode_body(output, context, body);
        if (msg_type.empty()) continue;
        if (oms::destination(output) == client)
            acceptor_.session().send(msg_type, body.view(), {}, acceptor_.session().now());
        else
            answer_.venue.emplace_back(msg_type);
    }
}

}  // namespace penstock::fix::test
