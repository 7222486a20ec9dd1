#include "tests/sim/process.hpp"

#include "fix/session/settings.hpp"
#include "oms/engine/replay.hpp"
#include "tests/sim/fix_text.hpp"
#include "tests/sim/market.hpp"
#include "tests/sim/our_session.hpp"
#include "tests/sim/recovery.hpp"

namespace penstock::sim {
namespace {

constexpr oms::Capacity kNoCapacityYet{.orders = 1, .requests = 1, .fills = 1, .refusals = 1};
constexpr oms::SetCapacity kCapacity{.orders = 2048, .requests = 2048, .fills = 8192, .refusals = 1024};

template <class Text>
Text fixed(const std::string& text) {
    return *Text::from(text);
}

fix::SessionSettings settings_of(const Plan& plan, std::size_t link) {
    fix::SessionSettings settings;
    const bool is_venue = link >= plan.clients.size();
    const std::size_t venue = link - plan.clients.size();
    settings.version = is_venue ? plan.venues[venue].version : plan.clients[link].version;
    settings.sender_comp_id = "PENSTOCK";
    settings.target_comp_id = is_venue ? "VENUE" + std::to_string(venue) : "CLIENT" + std::to_string(link);
    settings.is_initiator = is_venue;
    settings.max_order_age = Duration::seconds(plan.max_order_age_s);
    return settings;
}

}  // namespace

fix::SessionSettings our_settings(const Plan& plan, std::size_t link) { return settings_of(plan, link); }

fix::SessionSettings peer_settings(const Plan& plan, std::size_t link) {
    fix::SessionSettings settings = settings_of(plan, link);
    std::swap(settings.sender_comp_id, settings.target_comp_id);
    settings.is_initiator = !settings.is_initiator;
    return settings;
}

Process::Process(Surroundings& world, Disk& disk, RecordChecks& checks,
                 std::vector<std::unique_ptr<Link>>& links, Snapshots& snapshots,
                 const std::filesystem::path& directory)
    : world_(world),
      disk_(disk),
      checks_(checks),
      snapshots_(snapshots),
      links_(links),
      directory_(directory),
      core_(kNoCapacityYet),
      buffer_(fix::kMaxBody),
      writer_(buffer_.data(), buffer_.size()) {}

Process::~Process() {
    for (auto& link : links_) link->attach(Link::Side::Process, nullptr);
}

void Process::start() {
    recover();
    pipeline_ = std::make_unique<oms::Pipeline>(core_, *journal_, world_);
    pipeline_->continue_after(journal_->last(), last_time_);
    mutant_ = std::make_unique<Mutant>(world_, core_, *pipeline_);
    define_all();
    pipeline_->add_egress(*this);
    connect_sessions();
    end_old_sessions();
    tell_days();
    journal_->on_dispatch = [this](Seq last) {
        if (last == pipeline_->last()) checks_.hashed(last, core_.state_hash());
    };
}

void Process::recover() {
    oms::Outbox scratch;
    checks_.starts_reading();
    JournalState state =
        recover_journal(world_, disk_, directory_, snapshots_, [&](const oms::Record& record) {
            if (const auto difference = oms::replay(core_, record, scratch))
                violated(Invariant::ReplayAgrees, *difference);
            numbers_.learn(record.input, record.numbers);
            checks_.reads(record);
            last_time_ = record.input.time;
        });
    ids_ = {FixedText<2>::truncated("P1"), oms::epoch_of(Surroundings::kStart)};
    checks_.recovered(state.payloads, state.epoch);
    checks_.replayed(Seq{state.payloads.size()}, core_.state_hash());
    take_from_snapshot(state);
    journal_ = std::make_unique<SimJournal>(world_, disk_, std::move(state));
}

/// Goes on with the core and the numbers that a snapshot leads to, if there is one, instead of those that all
/// records lead to: whatever is not the same shows later at the latest.
void Process::take_from_snapshot(const JournalState& state) {
    oms::Core core(kNoCapacityYet);
    fix::RecoveredNumbers numbers;
    if (!restore_from_snapshot(snapshots_, state, directory_, {core, numbers})) return;
    require(core.state_hash() == core_.state_hash(), Invariant::ReplayAgrees,
            "a snapshot leads to another state than all records");
    require(numbers == numbers_, Invariant::EachMessageOnce,
            "a snapshot leads to other numbers than all records");
    core_ = std::move(core);
    numbers_ = std::move(numbers);
}

void Process::define_all() {
    const auto define = [this](const oms::InputBody& body) { pipeline_->accept(body, {}, {}); };
    const Plan& plan = world_.plan;
    define(kCapacity);
    define(oms::DefineAccount{fixed<AccountName>("ACC")});
    define(oms::SetLimits{fixed<AccountName>("ACC"), Quantity::whole(5'000), Price::whole(1'000'000),
                          Decimal::whole(50), Duration::seconds(plan.max_price_age_s)});
    for (std::size_t link = 0; link < links_.size(); ++link) {
        const auto name = fixed<SessionName>(fix::session_name(our_settings(plan, link)));
        const bool is_venue = link >= plan.clients.size();
        const ClientPlan client = is_venue ? ClientPlan{} : plan.clients[link];
        define(oms::DefineSession{
            name, is_venue ? oms::SessionRole::Venue : oms::SessionRole::Client,
            fixed<AccountName>(is_venue ? "" : "ACC"), client.pending_reports, client.one_request_at_a_time,
            client.cancel_on_disconnect, client.conflate_amends, Duration::seconds(client.disconnect_grace_s),
            client.disconnect_scope});
        if (!is_venue)
            define(oms::PermitAccount{name, fixed<AccountName>("ACC"), client.account_on_disconnect});
    }
    for (std::size_t i = 0; i < plan.venues.size(); ++i) {
        const VenuePlan& venue = plan.venues[i];
        define(oms::DefineVenue{
            fixed<VenueName>("V" + std::to_string(i)),
            fixed<SessionName>(fix::session_name(our_settings(plan, plan.clients.size() + i))),
            venue.concurrent_amends, venue.amend_quantity_is_total, Duration::seconds(3), venue.asks_on_logon,
            venue.features, venue.lists, Duration::seconds(venue.reconcile_within_s), false,
            Duration::seconds(venue.check_every_s), venue.losses != 0,
            Duration::seconds(venue.positions_every_s)});
    }
    for (int i = 0; i < kSymbols; ++i)
        define(oms::DefineInstrument{
            fixed<Symbol>(symbol_name(i)),
            fixed<VenueName>("V" + std::to_string(static_cast<std::size_t>(i) % plan.venues.size())),
            Price{*Decimal::from_parts(1, 2)}, Quantity::whole(1)});
}

void Process::end_old_sessions() {
    for (std::uint32_t id = 1; id < core_.world().directory.sessions().size(); ++id) {
        const oms::Session& session = core_.world().directory[SessionId{id}];
        if (session.is_up || !session.cancel_due.is_none())
            pipeline_->accept(oms::SessionChanged{SessionId{id}, false}, {}, {});
    }
}

void Process::connect_sessions() {
    for (std::size_t link = 0; link < links_.size(); ++link) {
        const bool is_venue = link >= world_.plan.clients.size();
        const fix::SessionSettings settings = our_settings(world_.plan, link);
        const SessionId id =
            core_.world().directory.session_id(fixed<SessionName>(fix::session_name(settings)));
        sessions_.push_back(std::make_unique<OurSession>(
            *this, link, settings, is_venue, std::make_unique<SentFromJournal>(*this)));
        const auto& numbers = numbers_.of(id);
        sessions_.back()->is_known_as(id, numbers);
        checks_.resumes(link, numbers.next_out);
        if (by_id_.size() <= id.value) by_id_.resize(id.value + 1);
        by_id_[id.value] = sessions_.back().get();
        links_[link]->attach(Link::Side::Process, sessions_.back().get());
    }
}

VenueId Process::venue_of(std::size_t link) const {
    return core_.world().directory.venue_id(
        fixed<VenueName>("V" + std::to_string(link - world_.plan.clients.size())));
}

Process::Encoded Process::encode(const oms::Output& output, const fix::SessionSettings& settings) {
    writer_.clear();
    const std::string_view msg_type =
        fix::encode_body(output, {settings.version, ids_, settings.timestamp_precision}, writer_);
    PENSTOCK_ASSERT(!writer_.overflowed(), "a message body is larger than its bound");
    return {msg_type, writer_.view()};
}

void Process::stage(Seq seq, Timestamp, std::span<const oms::Output> outputs, oms::Staged& staged) {
    checks_.caused(outputs);
    for (std::uint32_t i = 0; i < outputs.size(); ++i) {
        const SessionId id = oms::destination(outputs[i]);
        if (id.is_none() || by_id_.at(id.value) == nullptr) continue;
        OurSession& session = *by_id_[id.value];
        const Encoded encoded = encode(outputs[i], session.settings());
        if (encoded.msg_type.empty()) continue;
        staged.numbers.push_back({i, id, session.send(encoded.msg_type, encoded.body, seq)});
        const bool is_report = encoded.msg_type == "8";
        if (is_report && world_.plan.mutation == Mutation::AnsweredTwice && world_.random.one_in(20))
            staged.numbers.push_back({i, id, session.send(encoded.msg_type, encoded.body, seq)});
    }
}

void Process::hold(std::size_t link, std::string_view message, Seq record) {
    held_.push_back({record.is_none() ? pipeline_->last() : record, link, sessions_[link]->connection(),
                     std::string(message)});
    if (world_.plan.mutation == Mutation::SendBeforeJournal) release(held_.back().record);
}

void Process::release(Seq durable) {
    while (!held_.empty() && held_.front().record <= durable) {
        const Held held = std::move(held_.front());
        held_.pop_front();
        if (held.opening != sessions_[held.link]->connection()) continue;
        if (!links_[held.link]->is_open(Link::Side::Process)) continue;
        const std::size_t at =
            held.message.find(
                "\x01"
                "34=") +
            4;
        const auto number = static_cast<std::uint32_t>(std::stoul(held.message.substr(at, 10)));
        checks_.leaves(held.link, number, held.record, journal_->on_disk());
        links_[held.link]->send(Link::Side::Process, held.message);
    }
}

void Process::end_turn() {
    pipeline_->end_turn();
    release(journal_->durable());
}

void Process::tell_time() {
    if (pipeline_->needs_time()) mutant_->accept(oms::TimePassed{}, {}, {});
    tell_days();
}

/// Trading days follow each other without a pause, by a clock that may be set back.
void Process::tell_days() {
    if (world_.plan.day_s == 0) return;
    const std::int64_t length = Duration::seconds(world_.plan.day_s).ns;
    const Timestamp begins{world_.now().ns / length * length};
    const oms::Directory& directory = core_.world().directory;
    for (std::uint32_t id = 1; id < directory.venues().size(); ++id)
        if (directory[VenueId{id}].day_ends.ns != begins.ns + length)
            pipeline_->accept(oms::TradingDayBegan{VenueId{id}, begins, {begins.ns + length}}, {}, {});
}

}  // namespace penstock::sim
