#include "tests/matrices/model_venue.hpp"

#include <algorithm>

#include "oms/domain/print.hpp"
#include "tests/oms/words.hpp"

namespace penstock::matrices {

using tests::id;
using tests::px;

oms::VenueReport ModelVenue::report(std::uint32_t revision) {
    oms::VenueReport made;
    made.venue = venue_;
    made.child = child_;
    made.revision = revision;
    made.exec_id = id<VenueExecId>("E" + std::to_string(++said_));
    return made;
}

/// What the scenario says of the next request of this kind.
bool ModelVenue::is_accepted(char kind) const {
    int seen = 0;
    for (const ClientStep& step : scenario_.client)
        if (step.kind != 'D' && ++seen > requests_seen_ && step.kind == kind) return step.is_accepted;
    return true;
}

void ModelVenue::handle_inbound() {
    const oms::Output message = inbound_.front();
    inbound_.pop_front();
    ++handled_;
    if (const auto* order = std::get_if<oms::VenueNewOrder>(&message)) return answer_new(*order);
    if (const auto* amend = std::get_if<oms::VenueAmendOrder>(&message)) answer_amend(*amend);
    if (const auto* cancel = std::get_if<oms::VenueCancelOrder>(&message)) answer_cancel(*cancel);
    ++requests_seen_;
}

void ModelVenue::answer_new(const oms::VenueNewOrder& order) {
    child_ = order.child;
    quantity_ = order.quantity;
    is_known_ = true;
    is_live_ = scenario_.client.front().is_accepted;
    if (is_live_)
        reports_.emplace_back(oms::VenueAccepted{report(0)});
    else
        reports_.emplace_back(oms::VenueRefused{report(0), 0, {}});
}

void ModelVenue::answer_amend(const oms::VenueAmendOrder& amend) {
    const bool reopens = remaining().is_zero() && amend.quantity > filled_;
    if ((!is_live_ && !reopens) || !is_accepted('G')) {
        reports_.emplace_back(
            oms::VenueRequestRefused{report(amend.revision), oms::CancelRejectTo::ReplaceRequest, 0, {}});
        return;
    }
    quantity_ = std::max(amend.quantity, filled_);
    is_live_ = remaining().is_positive();
    revision_ = amend.revision;
    reports_.emplace_back(oms::VenueAmended{report(amend.revision), quantity_, amend.limit});
}

void ModelVenue::answer_cancel(const oms::VenueCancelOrder& cancel) {
    if (!is_live_ || !is_accepted('F')) {
        reports_.emplace_back(
            oms::VenueRequestRefused{report(cancel.revision), oms::CancelRejectTo::CancelRequest, 0, {}});
        return;
    }
    is_live_ = false;
    reports_.emplace_back(oms::VenueCancelled{report(cancel.revision), {}});
}

void ModelVenue::fill(Quantity quantity) {
    const Quantity taken = std::min(quantity, remaining());
    if (!is_live_ || !taken.is_positive()) return;
    filled_ = *add(filled_, taken);
    is_live_ = remaining().is_positive();
    const oms::VenueFilled fact{report(revision_), taken, px("10")};
    executions_.push_back({std::string(fact.report.exec_id.view()), taken, false});
    reports_.emplace_back(fact);
}

/// The newest execution that stands becomes `quantity`; zero busts it.
void ModelVenue::revise(Quantity quantity) {
    const auto found = std::find_if(
        executions_.rbegin(), executions_.rend(), [](const Execution& one) { return !one.is_busted; });
    if (found == executions_.rend()) return;
    const bool was_filled = remaining().is_zero();
    filled_ = *add(*subtract(filled_, found->quantity), quantity);
    if (was_filled && remaining().is_positive()) is_live_ = true;  // the rest of it works again
    if (!remaining().is_positive()) is_live_ = false;
    const VenueExecId ref = id<VenueExecId>(found->id);
    found->is_busted = true;
    if (quantity.is_zero()) {
        reports_.emplace_back(oms::FillBusted{report(revision_), ref});
        return;
    }
    const oms::FillCorrected fact{report(revision_), ref, quantity, px("10")};
    executions_.push_back({std::string(fact.report.exec_id.view()), quantity, false});
    reports_.emplace_back(fact);
}

void ModelVenue::act() {
    const VenueStep& step = scenario_.venue[next_step_++];
    if (step.kind == "fill") return fill(step.quantity);
    if (step.kind == "bust") return revise(Quantity{});
    if (step.kind == "correct") return revise(step.quantity);
    if (!is_live_) return;
    if (step.kind == "end" || step.kind == "expire" || (step.kind == "done" && !scenario_.is_gtc))
        is_live_ = false;
    if (step.kind == "end") reports_.emplace_back(oms::VenueCancelled{report(revision_), {}});
    if (step.kind == "expire") reports_.emplace_back(oms::VenueExpired{report(revision_)});
    if (step.kind == "done") reports_.emplace_back(oms::VenueDoneForDay{report(revision_)});
    if (step.kind == "suspend") reports_.emplace_back(oms::VenueSuspended{report(revision_)});
    if (step.kind == "stop")
        reports_.emplace_back(oms::VenueStopped{report(revision_), step.quantity, px("10")});
    if (step.kind == "restate") {
        quantity_ = std::max(step.quantity, filled_);
        is_live_ = remaining().is_positive();
        reports_.emplace_back(oms::VenueAmended{report(revision_), quantity_, {}, true});
    }
}

oms::InputBody ModelVenue::take_report() {
    oms::InputBody body = reports_.front();
    reports_.pop_front();
    return body;
}

std::string ModelVenue::key() const {
    std::string key =
        std::to_string(next_step_) + "," + std::to_string(handled_) + "," + oms::to_text(quantity_.value) +
        "," + oms::to_text(filled_.value) + (is_live_ ? "L" : "-");
    for (const oms::Output& message : inbound_) key += "<" + oms::to_text(message);
    for (const oms::InputBody& fact : reports_) key += ">" + oms::to_text(fact);
    for (const Execution& one : executions_) key += one.id + (one.is_busted ? "x" : "");
    return key;
}

}  // namespace penstock::matrices
