#include "apps/penstock/journal_verify.hpp"

#include <cstdio>

#include "apps/penstock/command.hpp"
#include "apps/penstock/record_text.hpp"
#include "apps/runtime/progress.hpp"
#include "apps/runtime/system_clock.hpp"
#include "oms/domain/print.hpp"
#include "persistence/journal/in_use.hpp"
#include "persistence/journal/reader.hpp"
#include "persistence/journal/verdict.hpp"

namespace penstock::apps {
namespace {

/// What was found, to be printed.
struct Found {
    persistence::Recovery recovery;
    Timestamp first;
    Timestamp last;
    std::uint64_t first_seq = 0;
    bool is_in_use = false;
};

void print_text(const Found& found, const persistence::JournalReader& reader) {
    const auto& done = found.recovery;
    std::printf("%llu records in %llu segments", static_cast<unsigned long long>(done.records),
                static_cast<unsigned long long>(done.segments));
    if (done.records > 0)
        std::printf(", %llu at %s to %llu at %s", static_cast<unsigned long long>(found.first_seq),
                    oms::to_text(found.first).c_str(),
                    static_cast<unsigned long long>(found.first_seq + done.records - 1),
                    oms::to_text(found.last).c_str());
    std::printf("\nwatermark %llu of epoch %llu%s\n", static_cast<unsigned long long>(reader.watermark().seq),
                static_cast<unsigned long long>(reader.watermark().epoch),
                found.is_in_use ? "; a penstockd writes behind it, which was not looked at" : "");
    if (reader.first_kept() > 1)
        std::printf(
            "records before %llu were deleted as retention allows; what its segment says of them is "
            "believed\n",
            static_cast<unsigned long long>(reader.first_kept()));
    if (done.torn_tail)
        std::printf(
            "TORN_TAIL %s: byte %llu: %llu bytes that were never durable; the next start drops them\n",
            done.torn_tail->file.c_str(), static_cast<unsigned long long>(done.torn_tail->offset),
            static_cast<unsigned long long>(done.torn_tail->bytes));
    if (done.error)
        std::printf("%s %s\n", persistence::heading_of(*done.error).data(), done.error->text.c_str());
    else
        std::printf("sound\n");
}

void print_json(const Found& found, const persistence::JournalReader& reader) {
    const auto& done = found.recovery;
    std::string text = "{\"sound\":" + std::string(done.error ? "false" : "true") +
                       ",\"verdict\":" + json_text(persistence::verdict_on(done.error));
    const auto add = [&](std::string_view name, std::uint64_t value) {
        text += ",\"" + std::string(name) + "\":" + std::to_string(value);
    };
    add("records", done.records);
    add("segments", done.segments);
    add("watermark", reader.watermark().seq);
    add("first_kept", reader.first_kept());
    if (done.records > 0) {
        add("first_seq", found.first_seq);
        text += ",\"first_time\":" + json_text(oms::to_text(found.first)) +
                ",\"last_time\":" + json_text(oms::to_text(found.last));
    }
    if (done.torn_tail) {
        text += ",\"torn_tail\":{\"file\":" + json_text(done.torn_tail->file);
        add("offset", done.torn_tail->offset);
        add("bytes", done.torn_tail->bytes);
        text += "}";
    }
    if (done.error) {
        text += ",\"file\":" + json_text(done.error->file) + ",\"text\":" + json_text(done.error->text);
        add("offset", done.error->offset);
    }
    std::printf("%s}\n", text.c_str());
}

}  // namespace

int journal_verify(const VerifyOptions& options) {
    const auto where = find(options.where);
    if (!where) return kExitCannot;
    persistence::JournalReader reader;
    if (const auto error = reader.open(where->journal)) {
        std::fprintf(
            stderr, "penstock: %s %s\n", persistence::heading_of(*error).data(), error->text.c_str());
        return error->fault == Fault::Corrupt ? kExitNo : kExitCannot;
    }
    SystemClock clock;
    Progress progress(
        reader.last().value, [&] { return clock.now(); },
        [](std::string_view line) {
            std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
        },
        "verifying");
    Found found;
    using Beside = persistence::JournalReader::Beside;
    found.is_in_use = persistence::is_in_use(where->journal.directory);
    found.recovery =
        reader.check(found.is_in_use ? Beside::AWriter : Beside::Nobody, [&](const oms::Record& record) {
            if (found.first_seq == 0) {
                found.first_seq = record.input.seq.value;
                found.first = record.input.time;
            }
            found.last = record.input.time;
            progress.advance();
            return true;
        });
    options.json ? print_json(found, reader) : print_text(found, reader);
    if (!found.recovery.error) return kExitDone;
    return found.recovery.error->fault == Fault::Corrupt ? kExitNo : kExitCannot;
}

}  // namespace penstock::apps
