#include "apps/penstockd/server.hpp"

#include <algorithm>
#include <array>
#include <csignal>

#include "apps/penstockd/control_verbs.hpp"
#include "apps/penstockd/venue_verbs.hpp"
#include "apps/runtime/archiving.hpp"
#include "apps/runtime/progress.hpp"
#include "gateways/fix_venue/dialect.hpp"
#include "oms/domain/print.hpp"
#include "oms/engine/replay.hpp"

namespace penstock::apps {
namespace {

constexpr auto kDrainTime = std::chrono::seconds(5);

template <class Text>
Text fixed(const std::string& text) {
    const auto made = Text::from(text);
    PENSTOCK_ASSERT(static_cast<bool>(made), "the configuration let a name through that is too long");
    return *made;
}

oms::AccountOnDisconnect on_disconnect(const config::SessionConfig& session, const std::string& account) {
    const auto has = [&](const std::vector<std::string>& list) {
        return std::find(list.begin(), list.end(), account) != list.end();
    };
    if (has(session.cancel_accounts)) return oms::AccountOnDisconnect::Cancel;
    return has(session.keep_accounts) ? oms::AccountOnDisconnect::Keep : oms::AccountOnDisconnect::AsSession;
}

}  // namespace

Server::Server(const config::Config& config, Log& log, Events events)
    : config_(config),
      log_(log),
      fix_logs_(config.state_directory / "log",
                config.log_messages ? FixLogFiles::Messages::Written : FixLogFiles::Messages::LeftOut),
      core_(kNoCapacityYet),
      engine_(io_, clock_),
      prints_events_(events == Events::Printed),
      loop_(io_, {std::chrono::microseconds(config.spin_us), std::chrono::microseconds(config.max_spin_us)}),
      signals_(io_, SIGINT, SIGTERM),
      time_timer_(io_),
      drain_timer_(io_) {
    engine_.note = [this](std::string_view line) { log_.info(line); };
}

Server::~Server() = default;

std::optional<std::string> Server::start() {
    if (auto error = recover(From::NewestSnapshot)) return error;
    if (auto error = open_audit()) return error;
    pipeline_ = std::make_unique<oms::Pipeline>(core_, *journal_, clock_);
    pipeline_->continue_after(recovery_.last, last_time_);
    const Seq halted = halt_after_restore();
    ids_ = {journal_->identity().instance, oms::epoch_of(journal_->identity().created)};
    egress_ = std::make_unique<fix::FixEgress>(engine_, ids_);
    try {
        make_sessions();
    } catch (const std::exception& error) {
        return std::string("a FIX session cannot be set up: ") + error.what();
    }
    define_all();
    touch_memory();
    pipeline_->add_egress(*egress_);
    control_.emplace(io_, *pipeline_);
    pipeline_->add_egress(control_->outcome());
    if (prints_events_) pipeline_->add_egress(tape_.emplace(core_.world().directory));
    for (std::size_t i = 0; i < config_.sessions.size(); ++i) connect_session(i);
    numbers_.forget();
    end_old_sessions();
    begin_trading_days();
    if (audit_)
        if (const auto change = audit_->key_change()) pipeline_->accept(*change, {}, {});
    snapshot_taker_.emplace(config_.file, config_.snapshot_records, restored_, [this](std::string_view line) {
        log_.warn(line);
    });
    for (const fix::ListenerSettings& listener : config_.listeners)
        if (auto error = engine_.listen(listener)) return error;
    forget_restore(halted);
    if (auto error = open_control()) return error;
    engine_.start();
    if (audit_) audit_->start();
    check_journal();
    return std::nullopt;
}

/// Where a restore left its mark it begins halted, as its first input: what follows here gives out ids, and
/// those of the time after the copy are left out by then.
Seq Server::halt_after_restore() {
    const auto halt = halt_by_file(config_.state_directory);
    if (!halt) return {};
    log_.warn("HALTED: new orders are refused until `penstock resume`: " + std::string(halt->reason.view()));
    return pipeline_->accept(*halt, {}, {});
}

/// The mark goes when the journal has the act.
void Server::forget_restore(Seq halted) {
    if (halted.is_none()) return;
    while (journal_->durable() < halted) pipeline_->end_turn();
    std::error_code ignored;
    std::filesystem::remove(halted_file(config_.state_directory), ignored);
    persistence::sync_directory(config_.state_directory);
}

/// A start without a snapshot has looked at all of it.
void Server::check_journal() {
    if (restored_.is_none()) return;
    journal_check_.emplace(config_.journal, restored_, [this](std::string_view line) { log_.error(line); });
    journal_check_->start();
}

std::optional<std::string> Server::open_control() {
    const auto checkpoint_soon = [this] {
        if (audit_) audit_->checkpoint_soon();
    };
    const auto journal_check = [this] { return journal_check_ ? journal_check_->result() : "sound"; };
    add_control_verbs(*control_, {core_, *pipeline_, *journal_, checkpoint_soon, journal_check});
    add_venue_verbs(*control_, core_.world());
    if (auto error = control_->open(config_.state_directory / "control.sock")) return error;
    shipper_.emplace(places_of(config_), [this](std::string_view line) { log_.warn(line); });
    shipper_->start();
    return std::nullopt;
}

std::optional<std::string> Server::open_audit() {
    MadeAudit made = make_audit(config_, [this](std::string_view line) { log_.warn(line); });
    audit_ = std::move(made.audit);
    return made.error;
}

std::optional<ReadOn> Server::restore(From from) {
    if (from == From::FirstRecord) return std::nullopt;
    auto begin = restore_newest(
        persistence::SnapshotStore(snapshots()), {config_.journal, journal_->identity().uuid},
        {core_, numbers_}, Damaged::IsPutAside, [this](std::string_view line) { log_.warn(line); });
    if (!begin) return std::nullopt;
    restored_ = Seq{begin->place.last_seq};
    last_time_ = Timestamp{begin->place.last_time_ns};
    log_.info("begins at the snapshot of record " + std::to_string(restored_.value));
    return begin;
}

std::optional<std::string> Server::recover(From from) {
    config_.journal.directory = config_.state_directory / "journal";
    config_.journal.note = [this](std::string_view line) { log_.info(line); };
    config_.journal.trouble = [this](std::string_view line) { log_.warn(line); };
    config_.journal.more = open_archive(config_.storage.archive, config_.journal.trouble);
    auto opened = persistence::SegmentJournal::open(config_.journal);
    if (!opened.journal) return opened.error.text;
    journal_ = std::move(opened.journal);
    auto begin = restore(from);
    Progress progress(
        journal_->watermark().value - std::min(journal_->watermark(), restored_).value,
        [this] { return clock_.now(); }, [this](std::string_view line) { log_.info(line); });
    oms::Outbox scratch;
    std::optional<std::string> difference;
    const oms::Visit visit(
        [&](oms::StoredRecord& record) {
            difference = oms::replay(core_, record, scratch);
            numbers_.learn(record.input(), record.numbers());
            last_time_ = record.input().time;
            progress.advance();
            return !difference;
        },
        [&](const oms::Input& input) { core_.expect(input); });
    recovery_ = begin ? journal_->recover_from(begin->place, std::move(begin->index), visit)
                      : journal_->recover(visit);
    if (difference) return difference;
    if (recovery_.error) return recovery_.error->text;
    if (!recovery_.last.is_none())
        log_.info("recovered " + std::to_string(recovery_.records) + " records, state hash " + hash_text());
    return std::nullopt;
}

std::string Server::hash_text() const {
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(core_.state_hash()));
    return text.data();
}

void Server::make_sessions() {
    client_door_ = std::make_unique<fix::ClientDoor>(*pipeline_, fix_logs_.writer());
    drop_copy_door_ = std::make_unique<fix::DropCopyDoor>(*pipeline_, fix_logs_.writer());
    std::vector<fix::SessionUser*> users;
    for (const config::SessionConfig& session : config_.sessions)
        users.push_back(session.role == oms::SessionRole::DropCopy
                            ? static_cast<fix::SessionUser*>(drop_copy_door_.get())
                            : client_door_.get());
    for (const config::VenueConfig& venue : config_.venues) {
        std::vector<std::string> symbols;
        for (const oms::DefineInstrument& instrument : config_.instruments)
            if (instrument.default_venue.view() == venue.name) symbols.emplace_back(instrument.symbol.view());
        venue_doors_.push_back(std::make_unique<gateways::VenueDoor>(
            *pipeline_, fix_logs_.writer(), venue.sheet, ids_, std::move(symbols)));
        users[venue.session] = venue_doors_.back().get();
    }
    for (std::size_t i = 0; i < config_.sessions.size(); ++i) {
        auto sent = std::make_unique<fix::SentInJournal>(*journal_, *egress_);
        sent_.push_back(sent.get());
        fix::FixSession& session = engine_.add_session(config_.sessions[i].fix, *users[i], std::move(sent));
        sent_.back()->belongs_to(session);
        session.keep_sent_messages(config_.keep_sent_messages);
    }
}

/// The configuration becomes inputs: a replay needs no files. What is defined again is updated.
void Server::define_all() {
    const auto define = [this](const oms::InputBody& body) { pipeline_->accept(body, {}, {}); };
    const oms::Capacity& capacity = config_.capacity;
    define(oms::SetCapacity{capacity.orders, capacity.requests, capacity.fills, capacity.refusals});
    for (const oms::DefineAccount& account : config_.accounts) define(account);
    for (const oms::SetLimits& limits : config_.limits) define(limits);
    for (std::size_t i = 0; i < config_.sessions.size(); ++i) {
        const config::SessionConfig& session = config_.sessions[i];
        const auto name = fixed<SessionName>(engine_.sessions()[i]->name());
        define(oms::DefineSession{
            name, session.role, fixed<AccountName>(session.default_account), session.pending_reports,
            session.one_request_at_a_time, session.cancel_on_disconnect, session.conflate_amends,
            session.disconnect_grace, session.disconnect_scope, session.on_logout, session.mass_cancel});
        for (const std::string& account : session.accounts)
            define(oms::PermitAccount{name, fixed<AccountName>(account), on_disconnect(session, account)});
    }
    for (const config::VenueConfig& venue : config_.venues)
        define(oms::DefineVenue{
            fixed<VenueName>(venue.name), fixed<SessionName>(engine_.sessions()[venue.session]->name()),
            venue.sheet.concurrent_amends, venue.sheet.amend_quantity_is_total, venue.sheet.answer_timeout,
            venue.sheet.status_requests, venue.sheet.features, venue.sheet.mass_status,
            venue.sheet.reconcile_within, venue.sheet.trade_unreconciled, venue.sheet.check_every,
            venue.sheet.infer_fills, venue.sheet.check_positions});
    for (const oms::DefineInstrument& instrument : config_.instruments) define(instrument);
}

/// Whoever was logged on when the process ended is not now; what venues had not answered is unknown. Of
/// clients that were gone already the grace period begins anew: they could not come back meanwhile. What
/// that ends inside at once is reported, so the sessions must have their numbers by now.
void Server::end_old_sessions() {
    for (std::uint32_t id = 1; id < core_.world().directory.sessions().size(); ++id) {
        const oms::Session& session = core_.world().directory[SessionId{id}];
        if (session.is_up || !session.cancel_due.is_none())
            pipeline_->accept(oms::SessionChanged{SessionId{id}, false}, {}, {});
    }
}

void Server::begin_trading_days() {
    const oms::Directory& directory = core_.world().directory;
    std::vector<gateways::TradingDays::OfVenue> days;
    for (const config::VenueConfig& venue : config_.venues)
        if (venue.trading_day)
            days.push_back({directory.venue_id(fixed<VenueName>(venue.name)), *venue.trading_day});
    trading_days_.emplace(
        std::move(days), [&directory](VenueId venue) { return directory[venue].day_ends; },
        [this](const oms::TradingDayBegan& day) { pipeline_->accept(day, {}, {}); });
    trading_days_->look(clock_.now());
}

void Server::touch_memory() {
    if (!config_.touch_memory) return;
    const Timestamp start = clock_.now();
    const std::size_t mib = core_.world().orders.touch() >> 20U;
    const std::int64_t ms = (clock_.now() - start).ns / 1'000'000;
    log_.info("took " + std::to_string(mib) + " MiB for " + std::to_string(config_.capacity.orders) +
              " orders in " + std::to_string(ms) + " ms ([core] max_orders, max_fills, touch_memory)");
}

void Server::connect_session(std::size_t index) {
    fix::FixSession& session = *engine_.sessions()[index];
    const oms::Directory& directory = core_.world().directory;
    session.id = directory.session_id(fixed<SessionName>(session.name()));
    const fix::RecoveredNumbers::Numbers& numbers = numbers_.of(session.id);
    session.set_numbers(numbers.next_in, numbers.next_out, numbers.moved_at);
    for (const auto& [number, record] : numbers.sent) sent_[index]->keep(number, record, {});
    if (config_.sessions[index].role == oms::SessionRole::DropCopy) return egress_->add_drop_copy(session);
    for (std::size_t i = 0; i < config_.venues.size(); ++i) {
        if (config_.venues[i].session != index) continue;
        venue_doors_[i]->look_up_sent([sent = sent_[index]](std::uint32_t number) {
            return sent->output(number);
        });
        venue_doors_[i]->set_venue(directory.venue_id(fixed<VenueName>(config_.venues[i].name)));
        const gateways::Dialect dialect(config_.venues[i].sheet);
        if (dialect.is_plain()) break;
        return egress_->add(session, [dialect](std::string_view msg_type, std::string& body) {
            dialect.apply(msg_type, body);
        });
    }
    egress_->add(session);
}

void Server::run() {
    signals_.async_wait([this](const boost::system::error_code& error, int) {
        if (!error) drain();
    });
    if (journal_->durable_fd() >= 0) {
        durable_.emplace(io_, ::dup(journal_->durable_fd()));
        wake_on_durable();
    }
    tell_time();
    loop_.run({[this] { return end_turn(); }, [this] { return before_sleep(); },
               [this] { return journal_->durable() != pipeline_->last(); }});
    control_->close();
    engine_.close();
    io_.restart();
    io_.poll();
    end_turn();
    journal_->close();
    shipper_->stop();
    journal_check_.reset();
    if (audit_) audit_->stop();
    log_.info("stopped, state hash " + hash_text());
}

bool Server::end_turn() {
    const Seq before = journal_->durable();
    pipeline_->end_turn();
    engine_.release(journal_->durable());
    control_->release(journal_->durable());
    return journal_->durable() != before;
}

bool Server::before_sleep() {
    journal_->wake_when_durable(true);
    // Durable between the last look and the request to be woken: look again.
    return !end_turn();
}

void Server::wake_on_durable() {
    durable_->async_wait(
        boost::asio::posix::stream_descriptor::wait_read, [this](const boost::system::error_code& error) {
            if (error) return;
            std::array<char, 8> count{};
            if (::read(durable_->native_handle(), count.data(), count.size()) < 0) return;
            journal_->wake_when_durable(false);
            wake_on_durable();
        });
}

void Server::tell_time() {
    time_timer_.expires_after(std::chrono::seconds(1));
    time_timer_.async_wait([this](const boost::system::error_code& stopped) {
        if (stopped) return;
        if (pipeline_->needs_time()) pipeline_->accept(oms::TimePassed{}, {}, {});
        trading_days_->look(clock_.now());
        snapshot_taker_->look(journal_->durable());
        tell_time();
    });
}

/// Takes no more, says goodbye to everybody, waits for their answers, then ends the loop.
void Server::drain() {
    if (is_draining_) return;
    is_draining_ = true;
    log_.info("stopping: logging out sessions");
    engine_.log_out("Penstock is shutting down");
    drain_until_ = std::chrono::steady_clock::now() + kDrainTime;
    // A second signal ends the wait.
    signals_.async_wait([this](const boost::system::error_code& error, int) {
        if (!error) loop_.stop();
    });
    await_logouts();
}

void Server::await_logouts() {
    if (!engine_.any_logged_on() || std::chrono::steady_clock::now() > drain_until_) {
        signals_.cancel();
        loop_.stop();
        return;
    }
    drain_timer_.expires_after(std::chrono::milliseconds(20));
    drain_timer_.async_wait([this](const boost::system::error_code& stopped) {
        if (!stopped) await_logouts();
    });
}

}  // namespace penstock::apps
