#include "compliance/reports/runner.hpp"

#include <algorithm>

#include "compliance/reports/text.hpp"

namespace penstock::reports {
namespace {

bool is_coming_in(const history::OrderEvent& row) {
    return row.direction == history::Direction::FromClient || row.direction == history::Direction::FromVenue;
}

std::string text_of(Timestamp time) {
    std::string text;
    history::append(text, time);
    return text;
}

}  // namespace

bool Runner::concerns(OrderId order, const SessionName& session, const ClOrdId& list) const {
    if (!filter_.is_of_orders || filter_.orders.contains(order)) return true;
    return !list.empty() && filter_.lists.contains({session, list});
}

Facts Runner::facts() const {
    Facts made;
    made.identities = &identities_;
    made.names = &names_;
    return made;
}

/// What the cells of later events of the order are made of.
void Runner::remember(const history::OrderEvent& row) {
    if (row.order_id.is_none()) return;
    OrderFacts& known = orders_[row.order_id.value];
    if (known.entered.is_none()) known.entered = row.time;
    const bool is_of_client =
        row.direction == history::Direction::FromClient || row.direction == history::Direction::ToClient;
    if (known.client.empty() && is_of_client) known.client = row.session;
    const bool is_entry = row.kind == "NewOrder" || row.kind == "ListOrder";
    if (report_.needs_entry && is_entry && known.entry_raw.empty()) known.entry_raw = row.raw;
}

void Runner::add(const history::OrderEvent& row) {
    if (report_.kind == RowKind::Execution && row.index == 0) {
        said_ = row;
        said_raw_ = row.raw;
        said_.raw = said_raw_;
    }
    const bool is_of_events = report_.kind == RowKind::OrderEvent;
    if (is_of_events || report_.kind == RowKind::Execution) remember(row);
    if (!is_in_period(row.time)) return;
    if (report_.kind == RowKind::SessionSum) sum_up_session(row);
    if (report_.kind == RowKind::Clock) compare_clock(row);
    if (!is_of_events || !concerns(row.order_id, row.session, row.list_id)) return;
    Facts made = facts();
    made.event = &row;
    const auto known = orders_.find(row.order_id.value);
    if (known != orders_.end()) {
        made.order = &known->second;
        made.client = known->second.client.view();
    }
    if (report_.events != nullptr) {
        made.row = &row;  // the rules look at it
        made.code = code_of(*report_.events, made);
        if (made.code.empty() && report_.only_coded) return;
    }
    emit(row, made, {row.seq, row.time});
    if (known != orders_.end()) known->second.previous = row.time;
}

void Runner::add(const history::Execution& row) {
    const bool is_meant = report_.kind == RowKind::Execution && is_in_period(row.time) &&
                          concerns(row.order_id, row.session, {});
    if (!is_meant) return;
    Facts made = facts();
    made.execution = &row;
    if (said_.seq == row.seq) made.event = &said_;
    const auto known = orders_.find(row.order_id.value);
    if (known != orders_.end()) made.order = &known->second;
    made.client = row.session.view();
    emit(row, made, {row.seq, row.time});
}

void Runner::put(const history::OrderRow& row) {
    if (report_.kind != RowKind::Order || !concerns(row.order_id, row.session, row.list_id)) return;
    // As it stands at the end of the period; orders that ended before it are not in it.
    if (row.changed < filter_.to) as_they_stand_[row.order_id] = row;
}

void Runner::add(const history::SessionRow& row) {
    if (!is_in_period(row.time)) return;
    if (report_.kind == RowKind::Session) emit(row, facts(), {row.seq, row.time});
    if (report_.kind != RowKind::SessionSum) return;
    SessionSummary& sum = sessions_[row.session];
    if (row.kind == "Up") ++sum.logons;
    if (row.kind == "Logout") ++sum.logouts;
    if (row.kind == "Down") ++sum.losses;
    if (row.kind == "Reset") {
        ++sum.resets;
        sum.last_in = sum.last_out = 0;
    }
}

void Runner::add(const history::ActionRow& row) {
    if (!is_in_period(row.time)) return;
    if (report_.kind == RowKind::Clock && row.kind == "ClockSetBack") {
        ClockSummary& sum = clocks_["this machine"];
        ++sum.messages;
        sum.last_time = row.time;
        if (sum.first_time.is_none()) sum.first_time = row.time;
        sum.note += (sum.note.empty() ? "" : "; ") + text_of(row.time) + " " + row.after;
    }
    if (report_.kind == RowKind::Action) emit(row, facts(), {row.seq, row.time});
}

void Runner::add(const IntegrityCheck& row) {
    if (report_.kind == RowKind::Check) emit(row, facts(), {});
}

void Runner::sum_up_session(const history::OrderEvent& row) {
    if (row.session.empty() || row.msg_seq_num == 0 || row.kind == "ListOrder") return;
    SessionSummary& sum = sessions_[row.session];
    if (sum.first_time.is_none()) sum.first_time = row.time;
    sum.last_time = row.time;
    const bool is_in = is_coming_in(row);
    std::uint32_t& first = is_in ? sum.first_in : sum.first_out;
    std::uint32_t& last = is_in ? sum.last_in : sum.last_out;
    if (row.msg_seq_num <= last) ++(is_in ? sum.steps_back_in : sum.steps_back_out);
    if (first == 0) first = row.msg_seq_num;
    last = row.msg_seq_num;
    ++(is_in ? sum.messages_in : sum.messages_out);
    const bool is_refusal =
        row.kind == "BusinessReject" || row.kind == "CancelReject" || row.exec_type == '8';
    if (!is_in && is_refusal) ++sum.rejects_in;
}

void Runner::compare_clock(const history::OrderEvent& row) {
    if (!is_coming_in(row) || row.said_time.is_none()) return;
    ClockSummary& sum = clocks_[std::string(row.actor.view())];
    const std::int64_t ns = (row.time - row.said_time).ns;
    const Decimal difference = Decimal::whole(ns);
    ++sum.messages;
    if (!sum.least_ns || difference < *sum.least_ns) sum.least_ns = difference;
    if (!sum.most_ns || *sum.most_ns < difference) sum.most_ns = difference;
    const std::int64_t size = ns < 0 ? -ns : ns;
    sum.beyond_100us += size > 100'000 ? 1 : 0;
    sum.beyond_1ms += size > 1'000'000 ? 1 : 0;
    sum.beyond_50ms += size > 50'000'000 ? 1 : 0;
    sum.beyond_1s += size > 1'000'000'000 ? 1 : 0;
    if (sum.first_time.is_none()) sum.first_time = row.time;
    sum.last_time = row.time;
}

void Runner::finish() {
    for (const auto& [id, row] : as_they_stand_) {
        const bool is_open = row.leaves.is_positive();
        if (row.changed < filter_.from && !is_open) continue;
        Facts made = facts();
        made.as_it_stands = &row;
        made.client = row.session.view();
        emit(row, made, {row.last_seq, row.changed});
    }
    for (auto& [session, sum] : sessions_) {
        sum.session = session;
        emit(sum, facts(), {{}, sum.last_time});
    }
    for (auto& [source, sum] : clocks_) {
        sum.source = source;
        emit(sum, facts(), {{}, sum.last_time});
    }
    if (!first_time_.is_none()) totals_.first_time = text_of(first_time_);
    if (!last_time_.is_none()) totals_.last_time = text_of(last_time_);
    for (auto& [key, exception] : exceptions_) totals_.exceptions.push_back(std::move(exception));
    exceptions_.clear();
    if (other_exceptions_ > 0) totals_.exceptions.push_back({"others", "not listed", other_exceptions_, 0});
}

template <class Row>
void Runner::emit(const Row& row, Facts made, const Place& place) {
    made.row = &row;
    made.number = totals_.rows + 1;
    if (!report_.select.empty() && !holds(report_.select, made)) return;
    const std::vector<Field>* const fields = report_.fields_for(made.code);
    if (fields == nullptr) return;
    emit_fields(*fields, made, place);
}

void Runner::emit_fields(const std::vector<Field>& fields, const Facts& made, const Place& place) {
    cells_.resize(fields.size());
    for (std::size_t i = 0; i < fields.size(); ++i) fill(fields[i], made, cells_[i], place.seq.value);
    writer_.row(fields, cells_);
    ++totals_.rows;
    if (!place.seq.is_none()) {
        if (totals_.first_seq == 0 || place.seq.value < totals_.first_seq)
            totals_.first_seq = place.seq.value;
        totals_.last_seq = std::max(totals_.last_seq, place.seq.value);
        if (totals_.records.size() < kMaxRecordsNamed) totals_.records.insert(place.seq.value);
    }
    if (place.time.is_none()) return;
    if (first_time_.is_none() || place.time < first_time_) first_time_ = place.time;
    last_time_ = std::max(last_time_, place.time);
}

void Runner::fill(const Field& field, const Facts& made, std::string& cell, std::uint64_t seq) {
    cell.clear();
    for (const Source& source : field.sources) {
        source.write(cell, made);
        if (!cell.empty()) break;
    }
    if (cell.empty()) {
        if (field.is_mandatory)
            except(field,
                   field.sources.empty() ? "nobody here knows it" : field.sources.back().why_missing(made),
                   seq);
        return;
    }
    if (field.codes != nullptr) {
        const auto code = field.codes->find(cell);
        if (code == field.codes->end()) {
            except(
                field, "\"" + visible(cell, Type::Name::Text) + "\" has no code in " + field.codes_name, seq);
            cell.clear();
            return;
        }
        cell = code->second;
    }
    if (auto problem = put_into_format(field.type, cell))
        except(field, "\"" + visible(cell.substr(0, 60), Type::Name::Text) + "\" is " + *problem, seq);
}

void Runner::except(const Field& field, std::string problem, std::uint64_t seq) {
    const std::string name = field.position + " " + field.name;
    auto found = exceptions_.find({name, problem});
    if (found == exceptions_.end()) {
        if (exceptions_.size() >= kMaxExceptions) {
            ++other_exceptions_;
            return;
        }
        found = exceptions_.emplace(std::pair{name, problem}, Exception{name, problem, 0, seq}).first;
    }
    ++found->second.rows;
}

}  // namespace penstock::reports
