#include "bench/core/book.hpp"

#include <algorithm>
#include <string>

#include "bench/support/clock.hpp"

namespace penstock::bench {
namespace {

constexpr std::uint32_t kInstruments = 100;
constexpr std::uint32_t kAccounts = 16;
constexpr std::uint64_t kOrdersPerQuote = 10;  // prices move while orders flow
constexpr std::int64_t kStart_ns = 1'767'323'045'000'000'000;
constexpr std::int64_t kStep_ns = 500;

std::string numbered(const char* prefix, std::uint64_t number) { return prefix + std::to_string(number); }

/// "C0000001a", in hexadecimal because that is cheap to make.
template <class Id>
void set_name(Id& id, char prefix, std::uint64_t number) {
    constexpr std::size_t kDigits = 8;
    char text[kDigits + 1];
    text[0] = prefix;
    for (std::size_t at = kDigits; at > 0; --at, number >>= 4) text[at] = "0123456789abcdef"[number & 15];
    id.assign({text, sizeof text});
}

}  // namespace

Book::Book(std::uint32_t capacity) : core_({capacity, 1024, capacity}) {
    input_.time = Timestamp{kStart_ns};
    // Touched now, so that these pages do not count as the core's.
    open_.resize(capacity);
    open_.clear();
    define();
}

/// The input that comes next, with a body of this kind, as it was left when the kind did not change.
template <class Body>
Body& Book::next() {
    ++input_.seq.value;
    input_.time.ns += kStep_ns;
    return input_.body.emplace<Body>();
}

void Book::step() {
    out_.clear();
    core_.step(input_, out_);
}

void Book::define() {
    for (std::uint32_t i = 0; i < kAccounts; ++i) {
        const auto name = *AccountName::from(numbered("DESK", i));
        accounts_.push_back(name);
        next<oms::DefineAccount>().name = name;
        step();
        next<oms::SetLimits>() = {name, Quantity::whole(1'000'000), Price::whole(1'000'000'000),
                                  Decimal::whole(5), Duration::seconds(10)};
        step();
    }
    const auto venue_session = *SessionName::from("FIX.4.4:PENSTOCK->VENUE");
    for (std::uint32_t i = 0; i < kClients; ++i) {
        const auto name = *SessionName::from(numbered("FIX.4.4:PENSTOCK->C", i));
        next<oms::DefineSession>() = {name, oms::SessionRole::Client, {}};
        step();
        next<oms::PermitAccount>() = {name, accounts_[i % kAccounts]};
        step();
    }
    next<oms::DefineSession>() = {venue_session, oms::SessionRole::Venue, {}};
    step();
    oms::DefineVenue& venue = next<oms::DefineVenue>();
    venue.name = *VenueName::from("XNAS");
    venue.session = venue_session;
    step();
    for (std::uint32_t i = 0; i < kInstruments; ++i) {
        symbols_.push_back(*Symbol::from(numbered("SYM", i)));
        next<oms::DefineInstrument>() = {symbols_.back(), *VenueName::from("XNAS")};
        step();
    }
    next<oms::SessionChanged>() = {SessionId{kClients + 1}, true};
    step();
    for (std::uint32_t i = 0; i < kInstruments; ++i) {
        orders_ = i * kOrdersPerQuote;
        quote();
    }
    orders_ = 0;
}

void Book::quote() {
    oms::QuoteChanged& fact = next<oms::QuoteChanged>();
    fact.venue = VenueId{1};
    fact.symbol = symbols_[orders_ / kOrdersPerQuote % kInstruments];
    fact.bid = bid_;
    fact.ask = ask_;
    step();
}

void Book::open() {
    if (++orders_ % kOrdersPerQuote == 0) quote();
    const std::uint64_t client = orders_ % kClients;
    oms::NewOrder& order = next<oms::NewOrder>();
    order.session = SessionId{static_cast<std::uint32_t>(client) + 1};
    set_name(order.cl_ord_id, 'C', orders_);
    order.account = accounts_[client % kAccounts];
    order.symbol = symbols_[orders_ % kInstruments];
    order.quantity = quantity_;
    order.limit = limit_;
    order.transact_time = input_.time;
    step();
    const auto* const sent =
        out_.view().empty() ? nullptr : std::get_if<oms::VenueNewOrder>(&out_.view().back());
    if (sent == nullptr) {
        ++surprises_;
        return;
    }
    open_.push_back(sent->child);
    report_on(open_.back(), next<oms::VenueAccepted>().report);
    step();
    expect(oms::ExecType::New);
}

void Book::fill(std::size_t place) {
    oms::VenueFilled& fact = next<oms::VenueFilled>();
    report_on(open_[place], fact.report);
    fact.quantity = quantity_;
    fact.price = limit_;
    step();
    expect(oms::ExecType::Trade);
    open_[place] = open_.back();
    open_.pop_back();
}

void Book::cancel_each() {
    for (std::uint64_t number = orders_ + 1 - open_.size(); number <= orders_; ++number) {
        const std::uint64_t client = number % kClients;
        oms::CancelOrder& cancel = next<oms::CancelOrder>();
        cancel.session = SessionId{static_cast<std::uint32_t>(client) + 1};
        set_name(cancel.cl_ord_id, 'X', number);
        set_name(cancel.orig_cl_ord_id, 'C', number);
        cancel.symbol = symbols_[number % kInstruments];
        step();
        if (out_.view().empty() || !std::holds_alternative<oms::VenueCancelOrder>(out_.view().back()))
            ++surprises_;
    }
}

std::uint32_t Book::mass_cancel(std::uint32_t client, std::int64_t& longest_ns) {
    oms::MassCancel& cancel = next<oms::MassCancel>();
    cancel.session = SessionId{client + 1};
    set_name(cancel.cl_ord_id, 'M', client);
    return to_its_end(longest_ns);
}

std::uint32_t Book::mass_cancel_nothing(std::int64_t& longest_ns) {
    oms::MassCancel& cancel = next<oms::MassCancel>();
    cancel.session = SessionId{1};
    set_name(cancel.cl_ord_id, 'N', 1);
    cancel.side = oms::Side::SellShort;
    return to_its_end(longest_ns);
}

/// The steps of a mass cancel, until its report.
std::uint32_t Book::to_its_end(std::int64_t& longest_ns) {
    for (;;) {
        const std::int64_t start = now_ns();
        step();
        longest_ns = std::max(longest_ns, now_ns() - start);
        if (!core_.has_work()) break;
        next<oms::ContinueWork>();
    }
    const auto* const report =
        out_.view().empty() ? nullptr : std::get_if<oms::MassCancelReport>(&out_.view().back());
    if (report == nullptr || report->missed > 0) ++surprises_;
    return report == nullptr ? 0 : report->affected;
}

void Book::report_on(ChildId child, oms::VenueReport& report) {
    ++reports_;
    report.venue = VenueId{1};
    report.child = child;
    set_name(report.venue_order_id, 'V', child.value);
    set_name(report.exec_id, 'E', reports_);
    report.venue_time = input_.time;
}

/// One report to the client, of this type.
void Book::expect(oms::ExecType type) {
    const auto* const report =
        out_.view().size() == 1 ? std::get_if<oms::ExecutionReport>(&out_.view().front()) : nullptr;
    if (report == nullptr || report->exec_type != type) ++surprises_;
}

}  // namespace penstock::bench
