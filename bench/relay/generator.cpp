#include "bench/relay/generator.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>

#include "bench/support/clock.hpp"

namespace penstock::bench {
namespace {

constexpr std::uint32_t kListener = 1000;  // client sessions are 0..63
constexpr std::uint32_t kVenueLink = 1001;
constexpr int kMaxEvents = 128;
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kPatience = 5 * kSecond;
/// OrderQty(38) is this plus the order's slot: every system passes it on, so the venue knows the order
/// whatever ClOrdID it is given.
constexpr std::uint32_t kBaseQuantity = 100'000;

}  // namespace

std::string client_name(int client) {
    std::string name = "C00";
    name[1] = static_cast<char>('0' + client / 10);
    name[2] = static_cast<char>('0' + client % 10);
    return name;
}

Generator::Generator(int clients)
    : listener_(listen_on_loopback(0)),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      client_count_(clients),
      orders_(kSlots),
      subscriptions_(kSymbols.size()) {
    if (listener_ < 0 || epoll_ < 0) {
        set_problem("cannot listen on loopback");
        return;
    }
    epoll_event event{EPOLLIN, {}};
    event.data.u32 = kListener;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, listener_, &event);
}

Generator::~Generator() {
    ::close(listener_);
    ::close(epoll_);
}

void Generator::set_problem(std::string text) {
    if (problem_.empty()) problem_ = std::move(text);
}

void Generator::watch(const FixLink& link, std::uint32_t which) {
    epoll_event event{EPOLLIN, {}};
    event.data.u32 = which;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, link.fd(), &event);
}

void Generator::accept_venue() {
    const int fd = accept_one(listener_);
    if (fd < 0) return;
    if (venue_) {
        ::close(fd);
        return set_problem("the system connected to the venue twice");
    }
    venue_ = std::make_unique<FixLink>(fd, std::string(kVenue), std::string(kHub));
    watch(*venue_, kVenueLink);
}

void Generator::log_on(std::uint16_t hub_port, std::int64_t deadline) {
    for (int i = 0; i < client_count_; ++i) {
        const int fd = connect_to_loopback(hub_port, deadline);
        if (fd < 0) return set_problem("cannot connect to port " + std::to_string(hub_port));
        clients_.push_back(std::make_unique<FixLink>(fd, client_name(i), std::string(kHub)));
        watch(*clients_.back(), static_cast<std::uint32_t>(i));
        clients_.back()->log_on(now_ns());
        to_flush_.push_back(clients_.back().get());
    }
    const auto ready = [this] {
        return venue_ && venue_->is_logged_on() &&
               std::all_of(
                   clients_.begin(), clients_.end(), [](const auto& one) { return one->is_logged_on(); });
    };
    while (!ready() && now_ns() < deadline && problem_.empty()) turn();
    if (!ready()) return set_problem(venue_ ? "a session did not log on" : "nobody connected to the venue");
    // Subscriptions and the like follow a logon.
    const std::int64_t settled = now_ns() + kSecond / 4;
    while (now_ns() < settled) turn();
}

void Generator::place(std::int64_t due, std::int64_t now) {
    const std::uint64_t number = sent_++;
    const std::uint64_t slot = number % kSlots;
    Order& order = orders_[slot];
    if (order.stage != Stage::Free)
        return set_problem("order " + std::to_string(order.number) + " was overtaken");
    order = {due, 0, number, Stage::Sent};
    FixLink& link = *clients_[number % clients_.size()];
    if (!link.has_output()) to_flush_.push_back(&link);
    const std::string_view name = link.name();
    Composer& out = link.start("D", now);
    out.add("1=", kAccount);
    out.add("11=");
    out.add(name);
    out.add_padded("-", number, 8);
    out.add(
        "15=USD\x01"
        "21=1\x01");
    out.add_padded("38=", kBaseQuantity + slot, 6);
    out.add(
        "40=2\x01"
        "44=101.25\x01"
        "54=1\x01");
    out.add("55=", kSymbols[number % kSymbols.size()]);
    out.add("59=0\x01");
    out.add("60=", link.stamp(now));
    out.add("207=XNAS\x01");
    link.finish();
}

bool Generator::turn() {
    std::array<epoll_event, kMaxEvents> events;
    const int count = ::epoll_wait(epoll_, events.data(), kMaxEvents, 0);
    for (int i = 0; i < count; ++i) {
        const std::uint32_t which = events[static_cast<std::size_t>(i)].data.u32;
        if (which == kListener)
            accept_venue();
        else
            receive_on(which);
    }
    if (venue_ && venue_->is_logged_on()) {
        const std::int64_t now = now_ns();
        if (now >= next_quotes_) send_quotes(now);
    }
    const bool was_idle = count <= 0 && to_flush_.empty();
    std::erase_if(to_flush_, [](FixLink* link) { return link->flush(); });
    return !was_idle;
}

void Generator::receive_on(std::uint32_t which) {
    FixLink& link = which == kVenueLink ? *venue_ : *clients_[which];
    const bool had_output = link.has_output();
    if (link.receive()) {
        const std::int64_t now = now_ns();
        while (const FieldIndex* message = link.next(now)) {
            if (which == kVenueLink)
                on_venue_message(*message, now);
            else
                on_client_message(static_cast<int>(which), *message, now);
        }
    }
    if (!had_output && link.has_output()) to_flush_.push_back(&link);
    if (!link.failure().empty()) {
        set_problem(link.failure());
        ::epoll_ctl(epoll_, EPOLL_CTL_DEL, link.fd(), nullptr);
    }
}

void Generator::on_venue_message(const FieldIndex& message, std::int64_t now) {
    if (message.msg_type() == 'V') {
        for (std::size_t i = 0; i < kSymbols.size(); ++i)
            if (message.find(55) == kSymbols[i]) subscriptions_[i] = message.find(262);
        next_quotes_ = now;
        return;
    }
    if (message.msg_type() != 'D') return unexpected(message, "at the venue");
    const std::uint64_t slot = number_of(message.find(38)) - kBaseQuantity;
    if (slot >= kSlots || orders_[slot].stage != Stage::Sent)
        return unexpected(message, "at the venue, which it reached before or never was sent");
    orders_[slot].stage = Stage::AtVenue;
    if (latencies_ != nullptr) latencies_->order.record(now - orders_[slot].due);
    report_new(message, slot, now);
}

void Generator::report_new(const FieldIndex& order, std::uint64_t slot, std::int64_t now) {
    ++reports_;
    Composer& out = venue_->start("8", now);
    out.add("1=", order.find(1));
    out.add("6=0\x01");
    out.add("11=", order.find(11));
    out.add("14=0\x01");
    out.add("17=");
    out.add_padded("E", reports_, 9);
    out.add("37=");
    out.add_padded("V", reports_, 9);
    out.add("38=", order.find(38));
    out.add(
        "39=0\x01"
        "40=2\x01");
    out.add("44=", order.find(44));
    out.add("54=", order.find(54));
    out.add("55=", order.find(55));
    out.add("59=0\x01");
    out.add("60=", venue_->stamp(now));
    out.add("150=0\x01");
    out.add("151=", order.find(38));
    venue_->finish();
    orders_[slot].reported = now_ns();
}

void Generator::on_client_message(int client, const FieldIndex& message, std::int64_t now) {
    if (message.msg_type() != '8' || message.find(150) != "0")
        return unexpected(message, "at client " + client_name(client));
    const std::string_view id = message.find(11);
    const std::uint64_t number = id.size() == 12 ? number_of(id.substr(4)) : 0;
    Order& order = orders_[number % kSlots];
    const bool is_mine = static_cast<int>(number % clients_.size()) == client;
    if (!is_mine || order.number != number || order.stage != Stage::AtVenue)
        return unexpected(message, "at client " + client_name(client) + ", which does not wait for it");
    order.stage = Stage::Free;
    ++done_;
    if (latencies_ == nullptr) return;
    latencies_->report.record(now - order.reported);
    latencies_->round_trip.record(now - order.due);
}

/// A full refresh of every symbol asked for, once a second: reference prices must stay fresh.
void Generator::send_quotes(std::int64_t now) {
    next_quotes_ = now + kSecond;
    const bool had_output = venue_->has_output();
    for (std::size_t i = 0; i < kSymbols.size(); ++i) {
        if (subscriptions_[i].empty()) continue;
        Composer& out = venue_->start("W", now);
        out.add("55=", kSymbols[i]);
        out.add("262=", subscriptions_[i]);
        out.add("268=3\x01");
        out.add(
            "269=0\x01"
            "270=101.24\x01"
            "271=500\x01");
        out.add(
            "269=1\x01"
            "270=101.26\x01"
            "271=500\x01");
        out.add(
            "269=2\x01"
            "270=101.25\x01"
            "271=100\x01");
        venue_->finish();
    }
    if (!had_output && venue_->has_output()) to_flush_.push_back(venue_.get());
}

void Generator::unexpected(const FieldIndex& message, std::string_view where) {
    std::string text(message.frame());
    std::replace(text.begin(), text.end(), kSoh, '|');
    set_problem("unexpected " + std::string(where) + ": " + text);
}

void Generator::drain() {
    std::int64_t deadline = now_ns() + kPatience;
    for (std::uint64_t seen = done_; done_ < sent_ && problem_.empty(); turn()) {
        if (done_ != seen) deadline = now_ns() + kPatience;
        seen = done_;
        if (now_ns() > deadline)
            set_problem(std::to_string(sent_ - done_) + " orders were never reported on");
    }
}

}  // namespace penstock::bench
