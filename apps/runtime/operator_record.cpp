#include "apps/runtime/operator_record.hpp"

#include <unistd.h>

#include <algorithm>

#include "apps/runtime/control_line.hpp"
#include "apps/runtime/system_clock.hpp"
#include "persistence/journal/segment_journal.hpp"

namespace penstock::apps {
namespace {

std::optional<std::string> append(const persistence::JournalSettings& settings,
                                  const oms::OperatorActed& act) {
    if (!std::filesystem::exists(settings.directory / "HEAD"))
        return "there is no journal in " + settings.directory.string();
    auto opened = persistence::SegmentJournal::open(settings);
    if (!opened.journal) return opened.error.text;
    Timestamp last;
    const auto recovery = opened.journal->recover_kept([&](const oms::Record& record) {
        last = record.input.time;
        return true;
    });
    if (recovery.error) return recovery.error->text;
    SystemClock clock;
    oms::Input input;
    input.seq = Seq{recovery.last.value + 1};
    input.time = std::max(clock.now(), last);
    input.body = act;
    opened.journal->append({input, {}, {}, {}});
    // Flushes and syncs; a failure has ended the process by then.
    opened.journal->close();
    return std::nullopt;
}

}  // namespace

std::optional<std::string> record_act(const RecordsActs& where, oms::OperatorActed act) {
    act.who = decltype(act.who)::truncated(user_at_host(::geteuid()));
    const ControlLine line{
        "act",
        {{"action", std::string(act.action.view())},
         {"subject", std::string(act.subject.view())},
         {"reason", std::string(act.reason.view())},
         {"text", std::string(act.text.view())}}};
    if (const auto reply = ask_control((where.state / "control.sock").string(), line))
        return reply->is_ok ? std::nullopt : std::optional(reply->text);
    return append(where.journal, act);
}

}  // namespace penstock::apps
