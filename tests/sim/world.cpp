#include "tests/sim/world.hpp"

#include "tests/sim/recovery.hpp"

namespace penstock::sim {
namespace {

constexpr std::int64_t kWatermarkMs = 100;
/// After the faults everything is settled within this much virtual time. A clock that was set back makes
/// the journal's time run at half speed, and unanswered questions are asked again every three seconds.
constexpr std::int64_t kRestWithinS = 400;
/// Nothing moves for so long: then nothing will.
constexpr int kQuietSeconds = 8;

}  // namespace

World::World(const Plan& plan, const std::filesystem::path& directory, std::size_t traced_events)
    : plan_(plan),
      world_(plan_, traced_events),
      directory_(directory),
      disk_(world_.random),
      snapshots_(world_, disk_, directory),
      record_checks_(world_),
      people_(world_),
      trouble_ends_(Surroundings::kStart + Duration::seconds(plan.trouble_s)) {
    make_parties();
}

World::~World() {
    process_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

void World::make_parties() {
    for (std::size_t i = 0; i < plan_.clients.size(); ++i)
        links_.push_back(std::make_unique<Link>(world_, "client " + std::to_string(i)));
    for (std::size_t i = 0; i < plan_.venues.size(); ++i)
        links_.push_back(std::make_unique<Link>(world_, "venue " + std::to_string(i)));
    for (std::size_t i = 0; i < plan_.clients.size(); ++i)
        clients_.push_back(std::make_unique<Client>(world_, *links_[i], i));
    for (std::size_t i = 0; i < plan_.venues.size(); ++i)
        venues_.push_back(std::make_unique<Venue>(world_, *links_[plan_.clients.size() + i], i));
    order_checks_ = std::make_unique<OrderChecks>(world_, record_checks_.alarms(), clients_, venues_);
}

void World::run() {
    make_journal(world_, disk_);
    start_process();
    for (std::size_t link = 0; link < links_.size(); ++link) keep_connecting(link);
    every_second();
    keep_watermark();
    let_clients_act();
    let_venues_act();
    let_prices_move();
    let_people_look();
    plan_fault(plan_.cut_s, &World::cut_now_and_then);
    plan_fault(plan_.crash_s, &World::crash_now_and_then);
    plan_fault(plan_.clock_s, &World::set_clock_now_and_then);
    run_until(trouble_ends_);
    heal();
    come_to_rest("after the faults");
    end_orders();
    come_to_rest("after everything was cancelled");
    check_journal();
    world_.tally.worlds = 1;
    world_.tally.accepted = record_checks_.alarms().accepted();
    world_.tally.not_accepted = record_checks_.alarms().not_accepted();
    world_.tally.snapshots = snapshots_.taken;
    world_.tally.restored = snapshots_.restored;
    world_.tally.snapshots_refused = snapshots_.refused;
    world_.tally.simulated_ms = (world_.agenda.now() - Surroundings::kStart).ns / 1'000'000;
}

void World::run_until(Timestamp when) {
    while (world_.agenda.now() < when && world_.agenda.step()) step_checks();
}

/// After each event: the process may end its turn, or take more into it; then all is looked at.
void World::step_checks() {
    ++world_.tally.events;
    if (process_ != nullptr) {
        if (world_.random.percent(70))
            process_->end_turn();
        else if (!turn_is_planned_) {
            turn_is_planned_ = true;
            world_.agenda.in(Duration::milliseconds(1), [this] { turn(); });
        }
        world_.mark(process_->last().value);
        if (crash_is_due_ && process_->journal().is_busy()) crash();
    }
    world_.mark(static_cast<std::uint64_t>(world_.agenda.now().ns));
    order_checks_->step();
}

void World::turn() {
    turn_is_planned_ = false;
    if (process_ != nullptr) process_->end_turn();
}

void World::start_process() {
    process_ = std::make_unique<Process>(world_, disk_, record_checks_, links_, snapshots_, directory_);
    snapshots_.spoil();
    process_->start();
    process_->journal().on_synced = [this] { process_->end_turn(); };
    order_checks_->watch(process_.get());
    world_.note([&] { return "the process starts, records: " + std::to_string(process_->last().value); });
}

/// What it wrote to its connections may arrive yet.
void World::end_process() {
    order_checks_->watch(nullptr);
    record_checks_.died(process_->journal().payloads(), process_->journal().on_disk());
    process_.reset();
    for (auto& link : links_) link->process_died();
}

void World::crash() {
    ++world_.tally.crashes;
    crash_is_due_ = false;
    const bool loses_power = plan_.power_durability && world_.random.percent(70);
    world_.note([&] { return std::string(loses_power ? "power fails" : "the process is killed"); });
    end_process();
    if (loses_power)
        disk_.lose_power();
    else
        disk_.lose_process(plan_.power_durability ? Disk::LastWrite::MayBeUnderWay : Disk::LastWrite::IsDone);
    world_.agenda.in(Duration::milliseconds(world_.random.between(10, 4'000)), [this] { start_process(); });
}

void World::every_second() {
    if (process_ != nullptr) process_->tell_time();
    world_.agenda.in(Duration::seconds(1), [this] { every_second(); });
}

void World::keep_watermark() {
    if (process_ != nullptr) process_->move_watermark();
    snapshots_.take_now_and_then();
    world_.agenda.in(Duration::milliseconds(kWatermarkMs), [this] { keep_watermark(); });
}

void World::keep_connecting(std::size_t link) {
    if (links_[link]->can_connect()) links_[link]->connect();
    const std::int64_t ms = world_.random.between(5, world_.is_healed ? 50 : 1'500);
    world_.agenda.in(Duration::milliseconds(ms), [this, link] { keep_connecting(link); });
}

void World::let_clients_act() {
    if (world_.is_healed) return;
    world_.random.pick(clients_)->act();
    const std::int64_t gap_ms = 2 * plan_.trouble_s * 1'000 / plan_.commands;
    world_.agenda.in(Duration::milliseconds(world_.random.between(0, gap_ms)), [this] { let_clients_act(); });
}

void World::let_venues_act() {
    if (world_.is_healed) return;
    world_.random.pick(venues_)->act();
    const std::int64_t gap_ms = 2 * plan_.trouble_s * 1'000 / plan_.commands;
    world_.agenda.in(Duration::milliseconds(world_.random.between(0, gap_ms)), [this] { let_venues_act(); });
}

void World::let_prices_move() {
    if (world_.is_healed || plan_.price_ms == 0) return;
    world_.random.pick(venues_)->move_prices();
    world_.agenda.in(
        Duration::milliseconds(world_.random.between(0, 2 * plan_.price_ms)), [this] { let_prices_move(); });
}

/// For positions that differ.
void World::let_people_look() {
    if (process_ != nullptr) people_.look_at(*process_);
    world_.agenda.in(
        Duration::milliseconds(world_.random.between(200, 4'000)), [this] { let_people_look(); });
}

void World::plan_fault(std::int64_t s, void (World::*fault)()) {
    if (s == 0) return;
    world_.agenda.in(Duration::milliseconds(world_.random.between(0, 2 * s * 1'000)), [this, fault] {
        if (!world_.is_healed) (this->*fault)();
    });
}

void World::cut_now_and_then() {
    world_.random.pick(links_)->cut();
    plan_fault(plan_.cut_s, &World::cut_now_and_then);
}

void World::crash_now_and_then() {
    if (plan_.power_durability && world_.random.one_in(2))
        crash_is_due_ = true;
    else if (process_ != nullptr)
        crash();
    plan_fault(plan_.crash_s, &World::crash_now_and_then);
}

void World::set_clock_now_and_then() {
    ++world_.tally.clock_steps;
    world_.clock_error = Duration::milliseconds(world_.random.between(-20'000, 20'000));
    world_.note([&] {
        return "the clock is off by " + std::to_string(world_.clock_error.ns / 1'000'000) + " ms";
    });
    if (process_ != nullptr) process_->journal().is_nearly_full = world_.random.one_in(4);
    plan_fault(plan_.clock_s, &World::set_clock_now_and_then);
}

/// The network is quick and whole, the disk honest, the venues answer. Every connection is made anew once,
/// because a venue is asked about its orders at a logon.
void World::heal() {
    world_.note([] { return std::string("all faults are over"); });
    world_.is_healed = true;
    crash_is_due_ = false;
    while (process_ == nullptr && world_.agenda.step()) step_checks();
    process_->journal().is_nearly_full = false;
    for (auto& venue : venues_) venue->settle();
    run_until(world_.agenda.now() + Duration::seconds(15));
    for (auto& link : links_) link->cut();
    run_until(world_.agenda.now() + Duration::seconds(5));
}

void World::come_to_rest(const char* when) {
    int quiet = 0;
    for (std::int64_t s = 0; s < kRestWithinS; ++s) {
        run_until(world_.agenda.now() + Duration::seconds(1));
        quiet = order_checks_->unrest().empty() ? quiet + 1 : 0;
        if (quiet < kQuietSeconds) continue;
        // A timer may have run just now: what it caused has yet to arrive.
        for (int ms = 0; ms < 1'000 && !is_silent(); ++ms)
            run_until(world_.agenda.now() + Duration::milliseconds(1));
        if (order_checks_->unrest().empty()) return order_checks_->agree();
    }
    violated(Invariant::ComesToRest, order_checks_->unrest() + ", long " + when);
}

bool World::is_silent() const {
    if (process_ == nullptr || !process_->is_silent()) return false;
    for (const auto& link : links_)
        if (!link->is_silent()) return false;
    return true;
}

void World::end_orders() {
    for (auto& client : clients_) client->cancel_all();
    run_until(world_.agenda.now() + Duration::seconds(5));
    for (auto& venue : venues_) venue->close_books();
}

/// I5 and I8 once more, over the whole journal; then a damaged copy of it.
void World::check_journal() {
    for (const auto& client : clients_) {
        client->check_answers();
        if (const ClientOrder* const open = client->open_order())
            violated(Invariant::ComesToRest, open->first_id + " is still open");
    }
    const std::uint64_t live = process_->core().state_hash();
    record_checks_.hashed(process_->last(), live);
    run_until(world_.agenda.now() + Duration::seconds(1));
    end_process();
    disk_.lose_process(Disk::LastWrite::IsDone);
    start_process();
    const persistence::Watermark watermark = process_->journal().watermark();
    end_process();
    check_damage_is_refused(world_, disk_, directory_, watermark);
}

}  // namespace penstock::sim
