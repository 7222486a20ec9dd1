#include "oms/engine/handlers/bulk.hpp"

#include <algorithm>

#include "oms/engine/handlers/disconnects.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/house_requests.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"

namespace penstock::oms {
namespace {

/// When an order cannot be cancelled the client hears of the order that stays, and why. One whose venue went
/// away only since the request is cancelled when the venue comes back.
void cancel_for_mass_request(const Context& context, Slot<Order> slot, BulkJob& job) {
    Reason no = Reason::None;
    if (job.is_continued) {
        no = cancel_or_promise(context, slot, Request::Cause::MassRequest);
    } else if (!is_being_cancelled(context, slot)) {  // one that is on its way is not asked for twice
        no = cancel_by_house(context, slot, Request::Cause::MassRequest);
        if (no != Reason::None) report(context, slot, ExecType::OrderStatus).denial.reason = no;
    }
    if (no == Reason::None) {
        ++job.report.affected;
        return;
    }
    ++job.report.missed;
    job.report.denial.reason = no;
}

/// What is told of an order that has ended and is forgotten since the request: nothing of the order.
ExecutionReport& tell_forgotten(const Context& context, const BulkJob& job) {
    ExecutionReport& out = context.out.emit<ExecutionReport>();
    out = job.no_order;
    out.exec_id = context.orders().next_exec_id();
    out.transact_time = context.now;
    out.text = Text::truncated("an order that was open has ended, and is forgotten");
    return out;
}

/// Told as it stands now, though it may have ended since the request: the number of reports was told, and the
/// client waits for the last.
void tell_status(const Context& context, const BulkJob& job, const BulkOrder& one) {
    ExecutionReport& out = is_kept(context, one) ? report(context, one.order, ExecType::OrderStatus)
                                                 : tell_forgotten(context, job);
    out.session = job.session;
    out.request_id = job.no_order.request_id;
    out.total_reports = static_cast<std::uint32_t>(job.orders.size());
    out.last_report = job.next == job.orders.size();
}

void do_one(const Context& context, BulkJob& job, const BulkOrder& one) {
    if (job.kind == BulkJob::Kind::MassStatus) return tell_status(context, job, one);
    if (!is_kept(context, one)) return;
    if (job.kind == BulkJob::Kind::VenueLift) return lift_from_venue(context, one.order);
    if (!may_work(context.orders(), context.orders()[one.order])) return;
    if (job.kind == BulkJob::Kind::MassCancel) return cancel_for_mass_request(context, one.order, job);
    if (job.kind == BulkJob::Kind::VenueBack) return cancel_promised(context, one.order);
    if (job.kind == BulkJob::Kind::VenueDay) return expire_held(context, one.order);
    cancel_for_absent(context, one.order);
}

void finish(const Context& context, BulkJob& job) {
    if (job.kind != BulkJob::Kind::MassCancel) return;
    MassCancelReport& out = job.report;
    out.accepted = out.affected > 0 || out.missed == 0;
    out.transact_time = context.now;
    context.out.emit(out);
}

/// Does up to `budget` orders, and takes what it did off. True when the job is done.
bool do_slice(const Context& context, BulkJob& job, std::size_t& budget) {
    while (budget > 0 && job.next < job.orders.size()) {
        --budget;
        const BulkOrder one = job.orders[job.next++];
        do_one(context, job, one);
    }
    if (job.next < job.orders.size()) return false;
    finish(context, job);
    return true;
}

bool is_mass_request(const BulkJob& job) {
    return job.kind == BulkJob::Kind::MassCancel || job.kind == BulkJob::Kind::MassStatus;
}

}  // namespace

bool is_kept(const Context& context, const BulkOrder& one) {
    const Slot<Order> order = context.orders().order_in(one.order.value);
    return !order.is_none() && context.orders()[order].id == one.id;
}

bool begin(const Context& context, BulkJob job) {
    auto& jobs = context.world.bulk;
    const bool is_long = job.orders.size() > kMaxBulkOrdersPerStep;
    const auto at_work = static_cast<std::size_t>(std::ranges::count_if(jobs, is_mass_request));
    if (is_long && at_work >= kMaxMassRequests) return false;
    std::size_t budget = kMaxBulkOrdersPerStep;
    if (do_slice(context, job, budget)) return true;
    job.is_continued = true;
    jobs.push_back(std::move(job));
    return true;
}

void add(const Context& context, BulkJob job) {
    auto& jobs = context.world.bulk;
    std::erase_if(jobs, [&](const BulkJob& old) {
        return old.kind == job.kind && old.session == job.session && old.venue == job.venue;
    });
    if (!job.orders.empty()) jobs.push_back(std::move(job));
}

void continue_bulk(const Context& context) {
    auto& jobs = context.world.bulk;
    std::size_t budget = kMaxBulkOrdersPerStep;
    while (budget > 0 && !jobs.empty()) {
        auto at = std::ranges::find_if(
            jobs, [](const BulkJob& job) { return job.kind != BulkJob::Kind::MassStatus; });
        if (at == jobs.end()) at = jobs.begin();
        if (!do_slice(context, *at, budget)) return;
        jobs.erase(at);
    }
}

}  // namespace penstock::oms
