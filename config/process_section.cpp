#include <algorithm>
#include <array>
#include <charconv>

#include "config/draft.hpp"
#include "config/secret.hpp"

namespace penstock::config {
namespace {

using persistence::Durability;
using persistence::SyncMethod;
using persistence::SyncThread;

constexpr std::int64_t kMostHeld = 100'000'000;  // orders, requests or fills: tens of gigabytes

void read_instance(Section& root, Draft& draft) {
    auto section = root.table("instance");
    if (!section) {
        return root.problem("instance", "is missing; expected [instance] with id and state_directory");
    }
    std::string id;
    section->require("id", id, "P1");
    const auto allowed = [](char c) { return ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9'); };
    if (id.size() == 2 && std::all_of(id.begin(), id.end(), allowed)) {
        draft.config.journal.instance = FixedText<2>::truncated(id);
    } else if (!id.empty()) {
        section->problem(
            "id", "is " + in_quotes(id) + "; expected two characters of A-Z and 0-9, such as \"P1\"");
    }
    std::string directory;
    section->require("state_directory", directory, "var/state");
    draft.config.state_directory = (section->folder() / directory).lexically_normal();
    draft.config.journal.directory = draft.config.state_directory / "journal";
    section->finish();
}

void read_journal(Section& root, Config& config) {
    persistence::JournalSettings& journal = config.journal;
    auto section = root.table("journal");
    if (!section) return;
    constexpr std::array kDurabilities{Durability::Power, Durability::Process};
    constexpr std::array kMethods{SyncMethod::Measure, SyncMethod::Fdatasync, SyncMethod::Dsync};
    constexpr std::array kThreads{SyncThread::Writer, SyncThread::Caller};
    if (const auto i = section->choice("durability", {"power", "process"})) {
        journal.durability = kDurabilities[*i];
    }
    if (const auto i = section->choice("sync_method", {"measure", "fdatasync", "dsync"})) {
        journal.sync_method = kMethods[*i];
    }
    if (const auto i = section->choice("sync_thread", {"writer", "caller"})) {
        journal.sync_thread = kThreads[*i];
    }
    std::uint64_t mib = journal.segment_bytes >> 20U;
    section->read("segment_mib", mib, {1, 4096});
    journal.segment_bytes = mib << 20U;
    section->read_milliseconds("watermark_interval_ms", journal.watermark_interval, {1, 60'000});
    section->read("keep_sent_messages", config.keep_sent_messages);
    section->read("snapshot_records", config.snapshot_records, {0, 1'000'000'000'000});
    section->finish();
}

/// "7y", "90d", "forever"; a year has 366 days here, so that nothing goes a day too early.
bool read_term(const std::string& text, std::optional<Duration>& term) {
    constexpr std::int64_t kMostDays = 36'600;  // a hundred years
    term.reset();
    if (text == "forever") return true;
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    if (error != std::errc{} || count < 0 || count > kMostDays || (unit != "y" && unit != "d")) return false;
    const std::int64_t days = unit == "y" ? count * 366 : count;
    if (days > kMostDays) return false;
    term = Duration::seconds(days * 86'400);
    return true;
}

void read_storage(Section& root, Config& config) {
    auto section = root.table("storage");
    if (!section) return;
    const auto folder = [&](std::string_view key, std::filesystem::path& out) {
        std::string text;
        section->read(key, text);
        if (!text.empty()) out = (section->folder() / text).lexically_normal();
    };
    folder("archive", config.storage.archive);
    folder("ship", config.storage.ship);
    section->read_seconds("ship_interval_s", config.storage.ship_interval, {1, 60});
    section->read("keep_segments", config.storage.keep_segments, {0, 1'000'000});
    if (auto retention = section->table("retention")) {
        std::string term = "forever";
        retention->read("journal", term);
        if (!read_term(term, config.storage.keep_journal))
            retention->problem("journal", "is " + in_quotes(term) + R"(; expected "7y", "90d" or "forever")");
        retention->finish();
    }
    section->finish();
}

void read_audit(Section& root, compliance::AuditSettings& audit) {
    auto section = root.table("audit");
    if (!section) return;
    audit.enabled = true;
    section->read("enabled", audit.enabled);
    section->read("origin", audit.origin);
    const auto read_path = [&](std::string_view key, std::filesystem::path& out) {
        std::string path;
        section->read(key, path);
        if (!path.empty()) out = (section->folder() / path).lexically_normal();
    };
    read_path("key_file", audit.key_file);
    read_path("previous_key_file", audit.previous_key_file);
    if (audit.enabled && audit.key_file.empty())
        section->problem("key_file", "is missing; make one with penstockd audit-keygen");
    section->read_milliseconds("checkpoint_interval_ms", audit.checkpoint_interval, {10, 60'000});
    for (Section& witness : section->tables("witness")) {
        compliance::WitnessSettings& settings = audit.witnesses.emplace_back();
        witness.require("url", settings.url, "http://witness.example:7380");
        witness.require("vkey", settings.vkey, "what penstock-witness keygen printed");
        witness.finish();
    }
    if (audit.witnesses.size() > compliance::kMaxWitnesses)
        section->problem(
            "witness", "is there more than " + std::to_string(compliance::kMaxWitnesses) + " times");
    section->finish();
}

bool holds_password(const std::string& connection) {
    const std::size_t host = connection.find('@');
    const std::size_t scheme = connection.find("://");
    if (connection.find("password=") != std::string::npos) return true;
    return scheme != std::string::npos && host != std::string::npos &&
           connection.find(':', scheme + 3) < host;
}

void read_projection(Section& root, projection::Settings& settings) {
    auto section = root.table("projection");
    if (!section) return;
    std::string file;
    section->read("sqlite", file);
    if (!file.empty()) settings.sqlite = (section->folder() / file).lexically_normal();
    std::string written;
    section->read("postgres", written);
    if (!written.starts_with("${") && holds_password(written))
        section->problem("postgres",
                         R"(has a password in plain text; keep all of it elsewhere ("${env:NAME}" or )"
                         R"("${file:path}"), or the password in libpq's own passfile)");
    settings.postgres = read_maybe_secret(*section, "postgres");
    if (!file.empty() && !settings.postgres.empty())
        section->problem("sqlite", "stands beside \"postgres\"; expected one of them");
    section->read("schema", settings.schema);
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    if (settings.schema.empty() || settings.schema.size() > 40 ||
        !std::ranges::all_of(settings.schema, is_plain))
        section->problem(
            "schema", "is " + in_quotes(settings.schema) + "; expected at most 40 of a-z, 0-9 and _");
    section->read_seconds("deadline_s", settings.deadline, {1, 300});
    section->finish();
}

void read_core(Section& root, oms::Capacity& capacity, bool& touch_memory) {
    auto section = root.table("core");
    if (!section) return;
    section->read("max_orders", capacity.orders, {1, kMostHeld});
    section->read("max_requests", capacity.requests, {1, kMostHeld});
    section->read("max_fills", capacity.fills, {1, kMostHeld});
    section->read("max_refusals", capacity.refusals, {1, kMostHeld});
    section->read("touch_memory", touch_memory);
    section->finish();
}

void read_loop(Section& root, config::Config& config) {
    auto section = root.table("loop");
    if (!section) return;
    section->read("spin_us", config.spin_us, {0, 1'000'000});
    section->read("max_spin_us", config.max_spin_us, {0, 1'000'000});
    section->finish();
}

}  // namespace

void read_process(Section& root, Draft& draft) {
    read_instance(root, draft);
    read_journal(root, draft.config);
    read_storage(root, draft.config);
    read_audit(root, draft.config.audit);
    read_projection(root, draft.config.projection);
    read_core(root, draft.config.capacity, draft.config.touch_memory);
    read_loop(root, draft.config);
}

void read_accounts(Section& root, Draft& draft) {
    for (Section& section : root.tables("account")) {
        std::string name;
        section.require("name", name, "DESK-A");
        check_length(section, "name", name.size(), AccountName::kCapacity);
        oms::SetLimits limits;
        limits.account = AccountName::truncated(name);
        const auto quantity = section.decimal("max_quantity");
        const auto notional = section.decimal("max_notional");
        if (quantity) limits.max_quantity = Quantity{*quantity};
        if (notional) limits.max_notional = Price{*notional};
        limits.collar_percent = section.decimal("collar_percent");
        section.read_milliseconds("max_reference_age_ms", limits.max_reference_age, {1, 86'400'000});
        for (const char* key : {"max_quantity", "max_notional", "collar_percent"}) {
            if (!section.has(key)) section.warning(key, "is missing: account " + name + " can trade nothing");
        }
        section.finish();
        const auto& known = draft.config.accounts;
        if (std::any_of(
                known.begin(), known.end(), [&](const auto& one) { return one.name.view() == name; })) {
            section.problem("name", "is " + in_quotes(name) + " again; expected each account once");
        }
        draft.config.accounts.push_back({limits.account});
        draft.config.limits.push_back(limits);
    }
}

}  // namespace penstock::config
