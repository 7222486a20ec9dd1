#include "oms/engine/handlers/positions.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "oms/engine/handlers/reconciliation.hpp"
#include "oms/engine/handlers/reports.hpp"

namespace penstock::oms {
namespace {

void alarm_position(const Context& context, AlarmKind kind, VenueId venue, std::string_view text) {
    VenueReport report;
    report.venue = venue;
    alarm(context, kind, {}, report, text);
}

PositionQuestion& question_of(const Context& context, VenueId venue) {
    auto& questions = context.world.positions.questions;
    if (questions.size() <= venue.value) questions.resize(venue.value + 1);
    return questions[venue.value];
}

bool has_told(const Context& context, const PositionKey& key) {
    const auto& accounts = question_of(context, key.venue).has_told;
    return key.account.value < accounts.size() && accounts[key.account.value];
}

/// The one that is kept, or a new one. Null at the bound: that one is neither counted nor compared.
Position* track(const Context& context, const PositionKey& key) {
    Positions& positions = context.world.positions;
    if (Position* const known = positions.find(key)) return known;
    Position* const made = positions.add(key);
    if (made != nullptr) {
        made->has_opening = has_told(context, key);
        return made;
    }
    if (!positions.was_full)
        alarm_position(context, AlarmKind::CapacityReached, key.venue,
                       "one more position than is kept; it and others are not compared");
    positions.was_full = true;
    return nullptr;
}

void lose(const Context& context, Position& position) {
    position.is_lost = true;
    position.differs = false;
    alarm_position(context, AlarmKind::CapacityReached, position.key.venue,
                   "a position has no number any more; it is not compared");
}

/// What an order that was adopted does is told for the account its venue knows it by.
PositionKey key_of(const Context& context, const Child& child) {
    const Order& order = context.orders()[child.order];
    return {child.venue, child.is_adopted ? child.told_for : order.account, order.instrument};
}

bool is_of(const Position& position, VenueId venue, AccountId account) {
    return position.key.venue == venue && position.key.account == account;
}

/// Bought, or less sold.
Result<Quantity> moved(Quantity before, Side side, Quantity from, Quantity to) {
    const bool is_bought = side == Side::Buy;
    const auto more = is_bought ? subtract(to, from) : subtract(from, to);
    return more ? add(before, *more) : more;
}

/// The orders that are nobody's and work there: what of them has filled is part of the opening.
/// `symbol` null: of any.
void count_into_opening(const Context& context, const PositionKey& key, const Symbol* symbol) {
    const AccountName& account = context.directory()[key.account].name;
    context.world.venue_orders.for_each([&](VenueOrder& order) {
        const bool is_meant = order.venue == key.venue && order.terms.account == account;
        if (is_meant && (symbol == nullptr || order.terms.symbol == *symbol))
            order.filled_in_opening = order.terms.filled;
    });
}

PositionCompared& tell(const Context& context, const Position& position, PositionState state) {
    PositionCompared& out = context.out.emit<PositionCompared>();
    out.venue = position.key.venue;
    out.account = context.directory()[position.key.account].name;
    out.symbol = context.directory()[position.key.instrument].symbol;
    out.state = state;
    out.told = position.told;
    out.opening = position.opening;
    out.ours = position.ours;
    return out;
}

void open(const Context& context, Position& position) {
    const auto opening = subtract(position.told, position.ours);
    if (!opening) return lose(context, position);
    position.opening = *opening;
    position.has_opening = true;
    const Symbol& symbol = context.directory()[position.key.instrument].symbol;
    count_into_opening(context, position.key, &symbol);
    tell(context, position, PositionState::Opening);
}

void agree(const Context& context, Position& position) {
    position.is_doubted = false;
    if (!position.differs) return;
    position.differs = false;
    tell(context, position, PositionState::Agrees);
}

/// The numbers first: of long names the end is cut. What is emitted beside it has all of them.
void tell_difference(const Context& context, const Position& position, Quantity expected) {
    std::array<char, 256> text{};
    char* end = text.data();
    const auto say = [&](std::string_view word) { end = std::ranges::copy(word, end).out; };
    say("told ");
    end = position.told.value.write(end);
    say(", expected ");
    end = expected.value.write(end);
    say(", difference ");
    end = position.difference.value.write(end);
    for (const std::string_view name : {context.directory()[position.key.account].name.view(),
                                        context.directory()[position.key.instrument].symbol.view(),
                                        context.directory()[position.key.venue].name.view()}) {
        say(" ");
        say(name);
    }
    tell(context, position, PositionState::Differs);
    alarm_position(context, AlarmKind::PositionDiffers, position.key.venue,
                   {text.data(), static_cast<std::size_t>(end - text.data())});
}

bool is_known(const Position& position, Quantity difference) {
    return position.differs && position.difference == difference;
}

/// An execution may be under way: only what is told twice in a row otherwise than the desk knows, and none
/// booked between, is a difference, or another one.
void compare(const Context& context, Position& position) {
    const auto expected = add(position.opening, position.ours);
    const auto difference = expected ? subtract(position.told, *expected) : expected;
    if (!difference) return lose(context, position);
    if (difference->is_zero()) return agree(context, position);
    const bool is_told_again = std::exchange(position.is_doubted, true);
    const Quantity before = std::exchange(position.apart, *difference);
    if (!is_told_again || is_known(position, before) || is_known(position, *difference)) return;
    position.differs = true;
    position.difference = *difference;
    tell_difference(context, position, *expected);
}

void take(const Context& context, Position& position, Quantity told) {
    position.told = told;
    position.named_in = question_of(context, position.key.venue).request;
    // Was an execution booked since the question, the answer may be of before it or after: the next tells.
    if (position.is_lost || position.has_moved) return;
    if (position.has_opening) return compare(context, position);
    const bool may_miss_orphan = position.orphan_filled_in == position.named_in;
    if (!may_miss_orphan) open(context, position);
}

void ask(const Context& context, VenueId venue, AccountId account) {
    PositionQuestion& question = question_of(context, venue);
    question.account = account.value < context.directory().accounts().size() ? account : AccountId{};
    if (!question.awaits()) return;  // that was the last
    ++question.request;
    question.told = 0;
    question.total = 0;
    question.asked_at = context.now;
    for (Position& position : context.world.positions.all())
        if (is_of(position, venue, account)) position.has_moved = false;
    VenuePositionsRequest& out = context.out.emit<VenuePositionsRequest>();
    out.session = context.directory()[venue].session;
    out.venue = venue;
    out.request = question.request;
    out.account = context.directory()[account].name;
    out.transact_time = context.now;
}

void ask_next(const Context& context, VenueId venue) {
    ask(context, venue, AccountId{question_of(context, venue).account.value + 1});
}

/// Missing evidence is no difference. The desk is told once a logon.
void miss(const Context& context, VenueId venue, std::string_view why) {
    PositionQuestion& question = question_of(context, venue);
    if (!std::exchange(question.was_missed, true))
        alarm_position(context, AlarmKind::PositionsNotTold, venue, why);
}

/// What the venue did not name is nothing. Until the step has told enough: the rest has its turn in the next.
void look_at_unnamed(const Context& context, VenueId venue) {
    PositionQuestion& question = question_of(context, venue);
    auto& positions = context.world.positions.all();
    const std::size_t enough = context.out.view().size() + kMaxPositionOutputsPerStep;
    for (; question.looked_at < positions.size(); ++question.looked_at) {
        Position& position = positions[question.looked_at];
        if (!is_of(position, venue, question.account) || position.named_in == question.request) continue;
        if (context.out.view().size() >= enough) return;
        take(context, position, {});
    }
    question.is_whole = false;
    ask_next(context, venue);
}

/// The venue has told all positions of the account.
void complete(const Context& context, VenueId venue) {
    PositionQuestion& question = question_of(context, venue);
    const PositionKey any{venue, question.account, {}};
    if (!has_told(context, any)) {
        const std::size_t accounts = context.directory().accounts().size();
        question.has_told.resize(accounts);
        question.has_told[any.account.value] = true;
        count_into_opening(context, any, nullptr);
    }
    question.is_whole = true;
    question.looked_at = 0;
    look_at_unnamed(context, venue);
}

/// A position in what nobody here can trade is none of ours.
void take_line(const Context& context, const VenuePositionTold& body, AccountId asked) {
    const Directory& directory = context.directory();
    const AccountId account = body.account.empty() ? asked : directory.account_id(body.account);
    const PositionKey key{body.venue, account, directory.instrument_id(body.symbol)};
    if (key.account.is_none() || key.instrument.is_none()) return;
    Position* position = context.world.positions.find(key);
    if (position == nullptr && !body.net.is_zero()) position = track(context, key);
    if (position != nullptr) take(context, *position, body.net);
}

void note_line(const Context& context, const VenuePositionTold& body) {
    PositionQuestion& question = question_of(context, body.venue);
    take_line(context, body, question.account);
    if (body.total != 0) question.total = body.total;
    if (++question.told == question.total) return complete(context, body.venue);
    if (question.told < kMaxPositionLines) return;
    miss(context, body.venue, "its list of positions does not end");
    ask_next(context, body.venue);
}

/// What the venue told must be of now: what was executed since may be the difference itself.
std::string_view why_not_accepted(const Position* position, Quantity difference) {
    if (position == nullptr || !position->differs) return "not accepted: no such position differs";
    if (position->difference != difference) return "not accepted: it differs by another amount";
    if (!position->is_doubted)
        return "not accepted: an execution was booked since it was told; wait for the next answer";
    if (position->apart != difference)
        return "not accepted: another amount was told since; wait for the next answer";
    if (position->orphan_filled_in >= position->named_in)
        return "not accepted: an order that is nobody's filled since; wait for the next answer";
    return {};
}

}  // namespace

void move_position(const Context& context, Slot<Child> slot, Quantity from, Quantity to) {
    const Child& child = context.orders()[slot];
    const PositionKey key = key_of(context, child);
    Position* const position = key.account.is_none() ? nullptr : track(context, key);
    if (position == nullptr || position->is_lost) return;
    const auto sum = moved(position->ours, context.orders()[child.order].side, from, to);
    if (!sum) return lose(context, *position);
    position->ours = *sum;
    position->has_moved = true;
    position->is_doubted = false;
}

void take_over_position(const Context& context, Slot<Child> slot, const VenueOrder& from) {
    if (from.filled_before.is_zero()) return;
    move_position(context, slot, {}, from.filled_before);
    Position* const position = context.world.positions.find(key_of(context, context.orders()[slot]));
    if (position == nullptr || !position->has_opening) return;
    const auto opening = moved(position->opening, from.terms.side, from.filled_in_opening, {});
    opening ? void(position->opening = *opening) : lose(context, *position);
}

void note_orphan_fill(const Context& context, const VenueOrder& order, OrphanFill how) {
    const Directory& directory = context.directory();
    const PositionKey key{
        order.venue, directory.account_id(order.terms.account), directory.instrument_id(order.terms.symbol)};
    const PositionQuestion& question = question_of(context, order.venue);
    // The first answer for its account is awaited, and may be of before it or after: it opens nothing.
    const bool is_in_first =
        how == OrphanFill::Reported && question.awaits() && question.account == key.account &&
        !key.instrument.is_none() && !has_told(context, key);
    Position* const position = is_in_first ? track(context, key) : context.world.positions.find(key);
    if (position != nullptr) position->orphan_filled_in = question_of(context, order.venue).request;
}

void begin_to_ask_positions(const Context& context, VenueId venue, bool is_up) {
    PositionQuestion& question = question_of(context, venue);
    const bool is_asked = is_up && context.directory()[venue].check_positions.ns > 0;
    question.account = {};
    question.is_whole = false;
    question.was_missed = false;
    question.next = is_asked ? context.now : Timestamp{};
}

void ask_positions_when_due(const Context& context) {
    auto& questions = context.world.positions.questions;
    const std::size_t venues = questions.size();
    for (std::uint32_t id = 1; id < venues; ++id) {
        const VenueId venue{id};
        PositionQuestion& question = questions[id];
        if (question.next.is_none() || context.now < question.next || question.awaits()) continue;
        if (book_of(context, venue).state != Reconciliation::Done) continue;
        const Duration every = context.directory()[venue].check_positions;
        question.next = every.ns > 0 ? context.now + every : Timestamp{};
        ask(context, venue, AccountId{1});
    }
}

void continue_positions(const Context& context) {
    const std::size_t venues = context.world.positions.questions.size();
    for (std::uint32_t id = 1; id < venues; ++id)
        if (question_of(context, VenueId{id}).is_whole) return look_at_unnamed(context, VenueId{id});
}

void give_up_late_positions(const Context& context) {
    const std::size_t venues = context.world.positions.questions.size();
    for (std::uint32_t id = 1; id < venues; ++id) {
        const VenueId venue{id};
        PositionQuestion& question = question_of(context, venue);
        const Duration timeout = context.directory()[venue].answer_timeout;
        if (!question.awaits_lines() || context.now - question.asked_at <= timeout) continue;
        question.account = {};
        miss(context, venue, "it does not tell all of its positions in time");
    }
}

void handle(const Context& context, const VenuePositionTold& body) {
    if (!context.directory().has(body.venue)) return;
    PositionQuestion& question = question_of(context, body.venue);
    // Told of its own accord, or too late: it is in the journal.
    if (!question.awaits_lines() || body.request != question.request) return;
    question.asked_at = context.now;  // it answers: the timeout is for the next line
    switch (body.answer) {
        case PositionAnswer::Line: return note_line(context, body);
        case PositionAnswer::Begun: question.total = body.total; return;
        case PositionAnswer::Nothing: return complete(context, body.venue);
        case PositionAnswer::Refused: break;
    }
    miss(context, body.venue, "it refuses to tell its positions");
    ask_next(context, body.venue);
}

void handle(const Context& context, const AcceptPosition& body) {
    const Directory& directory = context.directory();
    const PositionKey key{directory.venue_id(body.venue), directory.account_id(body.account),
                          directory.instrument_id(body.symbol)};
    Position* const position = context.world.positions.find(key);
    const std::string_view no = why_not_accepted(position, body.difference);
    if (!no.empty()) return alarm_position(context, AlarmKind::PositionDiffers, key.venue, no);
    const auto opening = add(position->opening, body.difference);
    if (!opening)
        return alarm_position(context, AlarmKind::PositionDiffers, key.venue,
                              "not accepted: what was there before us would have no exact number");
    position->opening = *opening;
    position->differs = false;
    position->is_doubted = false;
    // What of it is of orders that are nobody's is taken from there when they are adopted.
    count_into_opening(context, key, &body.symbol);
    PositionCompared& out = tell(context, *position, PositionState::Accepted);
    out.by = body.by;
    out.reason = body.reason;
}

}  // namespace penstock::oms
