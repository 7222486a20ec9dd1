#include "persistence/archive/retention.hpp"

#include "oms/domain/print.hpp"

namespace penstock::persistence {
namespace {

/// Nothing: it may go.
std::optional<std::string> reason_to_keep(const ArchivedSegment& one, const ArchiveIndex& index,
                                          const RetentionRule& rule) {
    for (const LegalHold& hold : index.holds)
        if (hold.from <= one.last_time && one.first_time <= hold.to) return "held by " + hold.matter;
    if (!rule.keep) return "the journal is kept for ever ([storage.retention] journal)";
    const Timestamp end = one.last_time + *rule.keep;
    if (rule.now < end) return "its term ends " + oms::to_text(end);
    if (rule.start_reads_from == 0) return "no good snapshot: a start would need it";
    if (one.first_seq >= rule.start_reads_from) return "a start from the newest snapshot needs it";
    if (rule.audited && one.last_seq >= *rule.audited) return "the audit has not read past it yet";
    return std::nullopt;
}

}  // namespace

std::vector<Verdict> judge(const ArchiveIndex& index, const RetentionRule& rule) {
    std::vector<Verdict> verdicts;
    bool is_one_kept = false;
    for (const ArchivedSegment& one : index.segments) {
        if (!one.is_kept()) continue;
        auto why = reason_to_keep(one, index, rule);
        if (!why && is_one_kept) why = "an older one has to stay, and what is kept has no hole";
        is_one_kept = is_one_kept || why;
        const bool may_go = !why;
        verdicts.push_back(
            {one.first_seq, may_go,
             why.value_or("its term ended " + oms::to_text(one.last_time + rule.keep.value_or(Duration{})))});
    }
    return verdicts;
}

}  // namespace penstock::persistence
