#include "tests/sim/plan.hpp"

#include "oms/domain/definitions.hpp"
#include "tests/sim/random.hpp"

namespace penstock::sim {
namespace {

constexpr fix::Version kVersions[] = {fix::Version::Fix42, fix::Version::Fix44, fix::Version::Fix50Sp2};

/// What a simulated venue may do by itself; all else is done in its place, or refused.
constexpr std::uint32_t kFeatures[] = {
    oms::venue_does::kStop,       oms::venue_does::kIfTouched,   oms::venue_does::kTrailingStop,
    oms::venue_does::kDisplay,    oms::venue_does::kPeg,         oms::venue_does::kPostOnly,
    oms::venue_does::kReduceOnly, oms::venue_does::kGoodTillDate};

std::string_view name_of(fix::Version version) {
    switch (version) {
        case fix::Version::Fix42: return "4.2";
        case fix::Version::Fix44: return "4.4";
        case fix::Version::Fix50Sp2: return "5.0SP2";
    }
    return {};
}

std::string_view name_of(oms::PendingReports reports) {
    switch (reports) {
        case oms::PendingReports::OfChanges: return "pending reports of changes";
        case oms::PendingReports::All: return "all pending reports";
        case oms::PendingReports::None: return "no pending reports";
    }
    return {};
}

ClientPlan client_plan(Random& random) {
    ClientPlan plan;
    plan.version = kVersions[random.below(3)];
    plan.pending_reports = static_cast<oms::PendingReports>(random.below(3));
    plan.one_request_at_a_time = random.percent(20);
    plan.cancel_on_disconnect = random.percent(30);
    plan.conflate_amends = random.percent(70);
    plan.disconnect_grace_s = random.one_in(2) ? random.between(1, 8) : 0;
    if (random.percent(30)) plan.disconnect_scope = oms::DisconnectScope::NotGoodTill;
    if (random.percent(20))
        plan.account_on_disconnect =
            random.one_in(2) ? oms::AccountOnDisconnect::Cancel : oms::AccountOnDisconnect::Keep;
    return plan;
}

VenuePlan venue_plan(Random& random) {
    VenuePlan plan;
    plan.version = kVersions[random.below(3)];
    plan.concurrent_amends = random.percent(50);
    plan.amend_quantity_is_total = random.percent(70);
    plan.asks_on_logon = random.percent(50);
    plan.mischief = random.below(4) * 8;
    plan.silence = random.below(4) * 4;
    plan.slowness_ms = random.percent(30) ? 6000 : random.between(1, 400);
    for (const std::uint32_t feature : kFeatures)
        if (random.percent(30)) plan.features |= feature;
    return plan;
}

/// Zero in one world out of four, so that each fault is also absent.
std::int64_t about_every(Random& random, std::int64_t shortest_s, std::int64_t longest_s) {
    return random.percent(25) ? 0 : random.between(shortest_s, longest_s);
}

/// From the seed alone, so that the worlds of before stay what they were in all else.
void plan_reconciliation(Plan& plan) {
    for (std::size_t at = 0; at < plan.venues.size(); ++at) {
        VenuePlan& venue = plan.venues[at];
        const std::uint64_t choice = plan.seed / 2 + at;
        if (!venue.asks_on_logon || choice % 2 == 0) continue;
        venue.reconcile_within_s = choice % 3 == 0 ? 4 : 30;
        venue.lists = venue.version != fix::Version::Fix42 && choice % 4 == 1;
        venue.check_every_s = choice % 5 == 0 ? 10 : 0;
        if (choice % 3 != 0 && venue.amend_quantity_is_total) venue.losses = 15;
    }
}

/// The same way.
void plan_positions(Plan& plan) {
    for (std::size_t at = 0; at < plan.venues.size(); ++at) {
        VenuePlan& venue = plan.venues[at];
        const std::uint64_t choice = plan.seed / 2 + at;
        const bool is_asked = venue.losses == 0 ? choice % 3 == 0 : choice % 4 == 1;
        if (!is_asked || venue.version == fix::Version::Fix42) continue;
        venue.positions_every_s = 7;
        venue.moves_positions = choice % 2 == 1;
    }
}

}  // namespace

std::string_view to_text(Mutation mutation) {
    switch (mutation) {
        case Mutation::None: return "none";
        case Mutation::SendBeforeJournal: return "send-before-journal";
        case Mutation::DurableTooEarly: return "durable-too-early";
        case Mutation::DuplicateFillCounted: return "duplicate-fill-counted";
        case Mutation::ReleasedEarly: return "released-early";
        case Mutation::AnsweredTwice: return "answered-twice";
        case Mutation::ResentToVenue: return "resent-to-venue";
        case Mutation::FillNotInPosition: return "fill-not-in-position";
        case Mutation::AcceptanceForgotten: return "acceptance-forgotten";
        case Mutation::DifferenceUnalarmed: return "difference-unalarmed";
    }
    return {};
}

Plan plan_of(std::uint64_t seed) {
    Random random(seed * 0x2545F4914F6CDD1DU + 1);
    Plan plan;
    plan.seed = seed;
    for (std::int64_t left = random.between(2, 4); left > 0; --left)
        plan.clients.push_back(client_plan(random));
    for (std::int64_t left = random.between(2, 3); left > 0; --left)
        plan.venues.push_back(venue_plan(random));
    plan.trouble_s = random.between(20, 90);
    plan.commands = random.between(60, 300);
    plan.delay_ms = random.percent(30) ? 800 : random.between(1, 40);
    plan.disk_us = random.percent(20) ? 300'000 : random.between(50, 5'000);
    plan.cut_s = about_every(random, 3, 30);
    plan.crash_s = about_every(random, 4, 30);
    plan.clock_s = about_every(random, 10, 60);
    plan.price_ms = random.percent(15) ? 0 : random.between(50, 1'500);
    plan.max_order_age_s = random.percent(30) ? 10 : 0;
    plan.max_price_age_s = random.percent(20) ? 5 : 3'600;
    plan.power_durability = random.percent(75);
    plan.segment_bytes = std::uint64_t{16} << (10 + random.below(4));
    plan.day_s = about_every(random, 8, 40);
    plan_reconciliation(plan);
    plan_positions(plan);
    return plan;
}

std::string to_text(const Plan& plan) {
    const auto seconds = [](std::int64_t every) {
        return every == 0 ? std::string("never") : "about every " + std::to_string(every) + " s";
    };
    std::string text =
        "  " + std::to_string(plan.commands) + " commands in " + std::to_string(plan.trouble_s) +
        " s of trouble; network up to " + std::to_string(plan.delay_ms) + " ms, cut " + seconds(plan.cut_s) +
        "; process crashes " + seconds(plan.crash_s) + "; clock set " + seconds(plan.clock_s) +
        "\n  journal: durability " + (plan.power_durability ? "power" : "process") + ", segments of " +
        std::to_string(plan.segment_bytes >> 10U) + " KiB, sync up to " + std::to_string(plan.disk_us) +
        " us; orders stale after " + std::to_string(plan.max_order_age_s) + " s, prices after " +
        std::to_string(plan.max_price_age_s) + " s, one about every " + std::to_string(plan.price_ms) +
        " ms; a trading day ends " + seconds(plan.day_s) + "\n";
    for (std::size_t i = 0; i < plan.clients.size(); ++i) {
        const ClientPlan& client = plan.clients[i];
        text += "  client " + std::to_string(i) + ": FIX " + std::string(name_of(client.version)) + ", " +
                std::string(name_of(client.pending_reports)) +
                (client.one_request_at_a_time ? ", one request at a time" : "") +
                (client.cancel_on_disconnect ? ", cancelled on disconnect" : "") +
                (client.conflate_amends ? "" : ", amends one by one") + ", " +
                std::to_string(client.disconnect_grace_s) + " s of grace, good-till orders " +
                (client.disconnect_scope == oms::DisconnectScope::All ? "too" : "stay") +
                ", its account says " + std::to_string(static_cast<int>(client.account_on_disconnect)) + "\n";
    }
    for (std::size_t i = 0; i < plan.venues.size(); ++i) {
        const VenuePlan& venue = plan.venues[i];
        text += "  venue " + std::to_string(i) + ": FIX " + std::string(name_of(venue.version)) +
                (venue.concurrent_amends ? ", amends in a chain" : ", one amend at a time") +
                (venue.amend_quantity_is_total ? "" : ", remaining quantities") +
                (venue.asks_on_logon ? ", asked at logon" : "") + (venue.lists ? ", lists" : "") +
                ", reconciled within " + seconds(venue.reconcile_within_s) + ", checked every " +
                seconds(venue.check_every_s) + ", positions " + seconds(venue.positions_every_s) +
                (venue.moves_positions ? ", moved by hand" : "") + ", mischief " +
                std::to_string(venue.mischief) + " %, silence " + std::to_string(venue.silence) +
                " %, reports lost " + std::to_string(venue.losses) + " %, answers within " +
                std::to_string(venue.slowness_ms) + " ms, features " + std::to_string(venue.features) + "\n";
    }
    return text;
}

}  // namespace penstock::sim
