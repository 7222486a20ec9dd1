#include "oms/engine/pipeline.hpp"

#include <algorithm>
#include <utility>

namespace penstock::oms {
namespace {

/// Smaller corrections of the machine's clock are its daily business.
constexpr Duration kNoticedStep = Duration::seconds(1);

}  // namespace

void Pipeline::continue_after(Seq last, Timestamp time) {
    last_ = last;
    released_ = last;
    last_time_ = time;
    clock_read_ = time;
}

Seq Pipeline::accept(const InputBody& body, Origin origin, std::string_view raw) {
    begin();
    return take(body, origin, raw);
}

Seq Pipeline::accept_session(const InputBody& body, std::string_view raw, std::string_view sent) {
    begin();
    session_sent_ = sent;
    const Seq seq = take(body, {}, raw);
    session_sent_ = {};
    return seq;
}

void Pipeline::catch_up() {
    begin();
    has_caught_up_ = true;
}

/// What has to be on record before the next input.
void Pipeline::begin() {
    if (std::exchange(has_caught_up_, false)) return;
    stamp();
    if (set_back_by_ > kNoticedStep) take(ClockSetBack{set_back_by_}, {}, {});
    tell_journal_space();
}

/// Reads the clock and moves the journal's time on.
void Pipeline::stamp() {
    const Timestamp now = clock_.now();
    const Duration passed = now - clock_read_;
    set_back_by_ = Duration{std::max<std::int64_t>(-passed.ns, 0)};
    clock_read_ = now;
    const Duration slow{std::max<std::int64_t>(passed.ns, 0) / 2};
    last_time_ = std::max(now, last_time_ + slow);
}

/// The core must not ask the disk, so it is told, by an input that a replay has too.
void Pipeline::tell_journal_space() {
    const JournalRoom room = journal_.room();
    if (room.is_nearly_full == core_.world().journal.is_nearly_full) return;
    take(JournalSpace{room.is_nearly_full, room.ready, room.wanted}, {}, {});
}

Seq Pipeline::take(const InputBody& body, Origin origin, std::string_view raw) {
    last_.value += 1;
    input_.seq = last_;
    input_.time = last_time_;
    input_.origin = origin;
    input_.body = body;
    outbox_.clear();
    staged_.numbers.clear();
    staged_.sent.clear();
    core_.step(input_, outbox_);
    for (Egress* egress : egresses_) egress->stage(last_, clock_read_, outbox_.view(), staged_);
    journal_.append({input_, outbox_.view(), staged_.numbers, raw, staged_.sent, session_sent_});
    return last_;
}

bool Pipeline::end_turn() {
    if (released_ != last_) release();
    // A slice at a time, each when the one before is durable: the disk sets the pace, so neither the
    // journal's batch nor what waits for sessions grows with the number of orders.
    if (core_.has_work() && last_slice_ <= released_) {
        last_slice_ = accept(ContinueWork{}, {}, {});
        release();
    }
    return released_ != last_;
}

void Pipeline::release() {
    journal_.flush();
    const Seq durable = journal_.durable();
    if (durable <= released_) return;
    released_ = durable;
    for (Egress* egress : egresses_) egress->release(durable);
}

}  // namespace penstock::oms
