#include "fix/egress.hpp"

namespace penstock::fix {

void FixEgress::add(FixSession& session, BodyDialect dialect) {
    if (ways_.size() <= session.id.value) ways_.resize(session.id.value + 1);
    ways_[session.id.value] = {&session, std::move(dialect)};
}

void FixEgress::add_drop_copy(FixSession& session) {
    add(session);
    drop_copies_.push_back(&session);
}

FixEgress::Encoded FixEgress::encode(const oms::Output& output, SessionId id) {
    if (id.value >= ways_.size() || ways_[id.value].session == nullptr) return {};
    const Way& way = ways_[id.value];
    const SessionSettings& settings = way.session->settings();
    writer_.clear();
    const std::string_view msg_type =
        encode_body(output, {settings.version, ids_, settings.timestamp_precision}, writer_);
    PENSTOCK_ASSERT(!writer_.overflowed(), "a message body is larger than its bound");
    if (!way.dialect) return {msg_type, writer_.view()};
    changed_ = writer_.view();
    way.dialect(msg_type, changed_);
    return {msg_type, changed_};
}

void FixEgress::stage(Seq seq, Timestamp time, std::span<const oms::Output> outputs, oms::Staged& staged) {
    for (std::uint32_t i = 0; i < outputs.size(); ++i) {
        const auto send = [&](SessionId id) {
            const Encoded encoded = encode(outputs[i], id);
            if (encoded.msg_type.empty()) return;
            FixSession& session = *ways_[id.value].session;
            const std::uint32_t number = session.send(encoded.msg_type, encoded.body, seq, time);
            const std::string_view sent = session.last_sent();
            staged.numbers.push_back({i, id, number, static_cast<std::uint32_t>(sent.size())});
            staged.sent.append(sent);
        };
        send(oms::destination(outputs[i]));
        if (!std::holds_alternative<oms::ExecutionReport>(outputs[i])) continue;
        for (const FixSession* copy : drop_copies_) send(copy->id);
    }
}

}  // namespace penstock::fix
