#include "tests/oms/engine/model_venue.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

using tests::px;

std::int64_t whole(Quantity quantity) { return quantity.value.mantissa(); }

}  // namespace

void ModelVenue::send(const Output& output) {
    const bool is_mine = std::visit(
        [&](const auto& message) {
            if constexpr (requires { message.orig_revision; })
                return message.venue == id_;
            else if constexpr (std::is_same_v<std::decay_t<decltype(message)>, VenueNewOrder> ||
                               std::is_same_v<std::decay_t<decltype(message)>, VenueStatusRequest>)
                return message.venue == id_;
            else
                return false;
        },
        output);
    if (is_mine) requests_.push_back(output);
}

void ModelVenue::work(bool is_kind) {
    const Output request = requests_.front();
    requests_.pop_front();
    if (const auto* made = std::get_if<VenueNewOrder>(&request)) work_on(*made, is_kind);
    if (const auto* amended = std::get_if<VenueAmendOrder>(&request)) work_on(*amended, is_kind);
    if (const auto* cancelled = std::get_if<VenueCancelOrder>(&request)) work_on(*cancelled, is_kind);
    if (const auto* asked = std::get_if<VenueStatusRequest>(&request)) work_on(*asked, is_kind);
}

InputBody ModelVenue::take_answer() {
    InputBody answer = answers_.front();
    answers_.pop_front();
    return answer;
}

bool ModelVenue::fill(std::size_t nth, std::int64_t quantity) {
    std::vector<ChildId> open;
    for (const auto& [child, book] : books_)
        if (book.is_open) open.push_back(child);
    if (open.empty()) return false;
    const ChildId child = open[nth % open.size()];
    Book& book = books_[child];
    const std::int64_t filled = std::min(quantity, book.quantity - book.filled);
    book.filled += filled;
    book.is_open = book.filled < book.quantity;
    VenueFilled answer{report(child, book.revision), Quantity::whole(filled), px("10")};
    answer.report.exec_id = tests::id<VenueExecId>("e" + std::to_string(++last_exec_id_));
    answers_.emplace_back(answer);
    return true;
}

VenueReport ModelVenue::report(ChildId child, std::uint32_t revision) const {
    VenueReport report;
    report.venue = id_;
    report.child = child;
    report.revision = revision;
    return report;
}

void ModelVenue::work_on(const VenueNewOrder& request, bool is_kind) {
    if (!is_kind) {
        answers_.emplace_back(VenueRefused{report(request.child, 0), 1, {}});
        return;
    }
    Book& book = books_[request.child];
    book.quantity = whole(request.quantity);
    book.received.insert(0);
    answers_.emplace_back(VenueAccepted{report(request.child, 0)});
}

void ModelVenue::work_on(const VenueAmendOrder& request, bool is_kind) {
    const auto found = books_.find(request.child);
    const auto at = report(request.child, request.revision);
    if (found == books_.end() || !found->second.is_open || !is_kind) {
        answers_.emplace_back(VenueRequestRefused{at, CancelRejectTo::ReplaceRequest, 0, {}});
        return;
    }
    Book& book = found->second;
    book.received.insert(request.revision);
    book.revision = request.revision;
    book.quantity = std::max(whole(request.quantity), book.filled);
    book.is_open = book.filled < book.quantity;
    answers_.emplace_back(VenueAmended{at, Quantity::whole(book.quantity), request.limit});
}

void ModelVenue::work_on(const VenueCancelOrder& request, bool is_kind) {
    const auto found = books_.find(request.child);
    const auto at = report(request.child, request.revision);
    if (found == books_.end() || !found->second.is_open || !is_kind) {
        answers_.emplace_back(VenueRequestRefused{at, CancelRejectTo::CancelRequest, 0, {}});
        return;
    }
    found->second.received.insert(request.revision);
    found->second.is_open = false;
    answers_.emplace_back(VenueCancelled{at, {}});
}

void ModelVenue::work_on(const VenueStatusRequest& request, bool) {
    const auto found = books_.find(request.child);
    VenueStatus answer;
    answer.report = report(request.child, request.revision);
    answer.known = found != books_.end() && found->second.received.contains(request.revision);
    if (answer.known) {
        const Book& book = found->second;
        answer.quantity = Quantity::whole(book.quantity);
        answer.filled = Quantity::whole(book.filled);
        answer.limit = px("10");
        answer.status = book.is_open                   ? OrdStatus::New
                        : book.filled == book.quantity ? OrdStatus::Filled
                                                       : OrdStatus::Canceled;
    }
    answers_.emplace_back(answer);
}

}  // namespace penstock::oms
