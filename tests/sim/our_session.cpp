#include "tests/sim/our_session.hpp"

#include <algorithm>

#include "fix/codec/decode_client.hpp"
#include "fix/codec/decode_list.hpp"
#include "fix/codec/decode_venue.hpp"
#include "fix/codec/message_writer.hpp"

namespace penstock::sim {

std::optional<oms::Output> SentFromJournal::output(std::uint32_t number, Timestamp* time) {
    const auto known = records_.find(number);
    if (known == records_.end()) return std::nullopt;
    const auto record = process_.journal().read(known->second);
    if (!record) return std::nullopt;
    if (time != nullptr) *time = record->input.time;
    for (const oms::WireNumber& wire : record->numbers)
        if (wire.session == id_ && wire.msg_seq_num == number) return record->outputs[wire.output];
    return std::nullopt;
}

bool SentFromJournal::fetch(std::uint32_t number, std::string& out) {
    Timestamp time;
    const auto sent = output(number, &time);
    if (!sent) return false;
    const Process::Encoded encoded = process_.encode(*sent, *settings_);
    const fix::Header header = fix::header_of(*settings_, number, std::min(time, process_.now()));
    out.resize(encoded.body.size() + 512);
    out.resize(fix::write_message(header, encoded.msg_type, encoded.body, out.data(), out.size()));
    return true;
}

OurSession::OurSession(Process& process, std::size_t link, const fix::SessionSettings& settings,
                       bool is_venue, std::unique_ptr<SentFromJournal> sent)
    : Session(settings, std::move(sent)),
      process_(process),
      link_(link),
      is_venue_(is_venue),
      sent_(static_cast<SentFromJournal&>(this->sent())) {}

void OurSession::is_known_as(SessionId id, const fix::RecoveredNumbers::Numbers& numbers) {
    id_ = id;
    sent_.belongs_to(settings(), id);
    set_numbers(numbers.next_in, numbers.next_out);
    for (const auto& [number, record] : numbers.sent) sent_.keep(number, record, {});
}

void OurSession::deliver(const fix::MessageIndex& message, std::uint32_t number) {
    if (is_venue_) return deliver_venue(message, number);
    const fix::ClientContext context{id_, settings().version, process_.now(), settings().max_order_age};
    if (message.msg_type() != "E")
        return void(
            process_.inbox().accept(fix::decode_client(message, context), {id_, number}, message.frame()));
    // Only the last input stands for the message: after a crash in between it was not processed.
    const fix::ListInputs inputs(message, context);
    const std::uint32_t last = inputs.count() - 1;
    for (std::uint32_t i = 0; i < last; ++i) process_.inbox().accept(inputs.at(i), {}, {});
    process_.inbox().accept(inputs.at(last), {id_, number}, message.frame());
}

void OurSession::deliver_venue(const fix::MessageIndex& message, std::uint32_t number) {
    const oms::Origin origin{id_, number};
    Text problem;
    const fix::VenueContext context{process_.venue_of(link_), settings().version, process_.ids()};
    const auto fact = fix::decode_venue(message, context, &problem);
    // Everything a venue of the simulator says is meant to be understood.
    if (!problem.empty())
        violated(Invariant::EachMessageOnce, "a venue was not understood: " + std::string(problem.view()));
    if (fact)
        process_.inbox().accept(*fact, origin, message.frame());
    else {
        process_.inbox().catch_up();
        process_.inbox().accept(
            oms::SessionAdvanced{id_, number + 1, next_out(), false}, origin, message.frame());
    }
}

void OurSession::state_changed(bool is_up) {
    process_.inbox().accept(oms::SessionChanged{id_, is_up}, {}, {});
}

Seq OurSession::numbers_moved() {
    process_.inbox().catch_up();
    return process_.inbox().accept(oms::SessionAdvanced{id_, next_in(), next_out(), false}, {}, {});
}

bool OurSession::may_resend(std::string_view msg_type) {
    if (!is_venue_) return std::string_view("89rjN").find(msg_type) != std::string_view::npos;
    return process_.world().plan.mutation == Mutation::ResentToVenue;
}

}  // namespace penstock::sim
