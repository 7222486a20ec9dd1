#include "config/venue_sheet.hpp"

#include <algorithm>
#include <array>

#include "config/section.hpp"
#include "config/values.hpp"
#include "oms/domain/definitions.hpp"

namespace penstock::config {
namespace {

const std::vector<std::string> kVersions{"4.2", "4.4", "5.0SP2"};
/// What Penstock sends to venues; a sheet can change nothing else.
const std::vector<std::string> kMsgTypes{"D", "F", "G", "H", "AF", "AN", "V"};
/// The session's own fields: BeginString to CheckSum, sequence numbers, CompIDs, times.
constexpr std::array<unsigned, 10> kSessionTags{8, 9, 10, 34, 35, 43, 49, 52, 56, 122};

/// What `native` may list.
struct Feature {
    std::string_view word;
    std::uint32_t bit;
};
constexpr Feature kFeatures[] = {
    {"stop", oms::venue_does::kStop},
    {"if_touched", oms::venue_does::kIfTouched},
    {"trailing_stop", oms::venue_does::kTrailingStop},
    {"display", oms::venue_does::kDisplay},
    {"peg", oms::venue_does::kPeg},
    {"post_only", oms::venue_does::kPostOnly},
    {"reduce_only", oms::venue_does::kReduceOnly},
    {"good_till_date", oms::venue_does::kGoodTillDate},
    {"at_open", oms::venue_does::kAtOpen},
    {"at_close", oms::venue_does::kAtClose},
    {"auction", oms::venue_does::kAuction},
    {"minimum_quantity", oms::venue_does::kMinimumQuantity}};

std::uint32_t read_features(Section& root) {
    std::vector<std::string> words;
    root.read("native", words);
    std::uint32_t features = 0;
    for (const std::string& word : words) {
        const auto* found = std::find_if(
            std::begin(kFeatures), std::end(kFeatures), [&](const Feature& one) { return one.word == word; });
        if (found != std::end(kFeatures)) {
            features |= found->bit;
            continue;
        }
        std::vector<std::string> known;
        for (const Feature& one : kFeatures) known.emplace_back(one.word);
        root.problem("native", "has " + in_quotes(word) + "; expected some of " + one_of(known));
    }
    return features;
}

unsigned read_tag(Section& section) {
    unsigned tag = 0;
    if (!section.has("tag")) section.problem("tag", "is missing; expected a FIX tag such as 47");
    section.read("tag", tag, {1, 999'999});
    if (std::find(kSessionTags.begin(), kSessionTags.end(), tag) != kSessionTags.end()) {
        section.problem(
            "tag", "is " + std::to_string(tag) + ", which belongs to the FIX session; expected another");
    }
    return tag;
}

std::vector<std::string> read_msg_types(Section& section) {
    std::vector<std::string> types;
    section.read("messages", types);
    if (types.empty()) section.problem("messages", "is missing; expected a list of " + one_of(kMsgTypes));
    for (const std::string& type : types) {
        if (std::find(kMsgTypes.begin(), kMsgTypes.end(), type) != kMsgTypes.end()) continue;
        section.problem("messages", "has " + in_quotes(type) + "; expected some of " + one_of(kMsgTypes));
    }
    return types;
}

void read_fields(Section& root, gateways::VenueSheet& sheet) {
    for (Section& section : root.tables("extra_field")) {
        gateways::VenueSheet::ExtraField field{read_msg_types(section), read_tag(section), {}};
        section.require("value", field.value, "A");
        const auto is_control = [](char c) { return 0 <= c && c < ' '; };
        if (std::any_of(field.value.begin(), field.value.end(), is_control)) {
            section.problem("value", "has a control character; expected printable text");
        }
        section.finish();
        sheet.extra_fields.push_back(std::move(field));
    }
    for (Section& section : root.tables("omitted_field")) {
        sheet.omitted_fields.push_back({read_msg_types(section), read_tag(section)});
        section.finish();
    }
}

}  // namespace

std::filesystem::path built_in_sheets() { return PENSTOCK_VENUE_SHEETS; }

std::optional<std::filesystem::path> find_venue_sheet(const std::filesystem::path& folder,
                                                      const std::string& sheet) {
    for (const std::filesystem::path& where : {folder, built_in_sheets()}) {
        for (const std::string& name : {sheet, sheet + ".toml"}) {
            const std::filesystem::path file = where / name;
            if (is_readable_file(file)) return file;
        }
    }
    return std::nullopt;
}

std::optional<gateways::VenueSheet> read_venue_sheet(const std::filesystem::path& file, Findings& findings) {
    const auto tree = read_toml(file, findings);
    if (!tree) return std::nullopt;
    const std::size_t problems_before = findings.problems.size();
    Section root(*tree, file.string(), "", findings);
    gateways::VenueSheet sheet;
    sheet.name = file.stem().string();
    root.read("name", sheet.name);
    if (!root.has("fix_version")) {
        root.problem("fix_version", "is missing; expected " + one_of(kVersions));
    } else if (const auto version = root.choice("fix_version", kVersions)) {
        sheet.fix_version = kVersions[*version];
    }
    root.read("concurrent_amends", sheet.concurrent_amends);
    if (const auto meaning = root.choice("amend_quantity", {"total", "remaining"})) {
        sheet.amend_quantity_is_total = *meaning == 0;
    }
    root.read_milliseconds("answer_timeout_ms", sheet.answer_timeout, {1, 600'000});
    root.read("status_requests", sheet.status_requests);
    root.read("mass_status", sheet.mass_status);
    root.read_milliseconds("reconcile_within_ms", sheet.reconcile_within, {0, 3'600'000});
    root.read("trade_unreconciled", sheet.trade_unreconciled);
    root.read_milliseconds("check_every_ms", sheet.check_every, {0, 3'600'000});
    root.read("infer_fills", sheet.infer_fills);
    if (sheet.mass_status && sheet.fix_version == "4.2")
        root.problem("mass_status", "is true; FIX 4.2 has no OrderMassStatusRequest, expected false");
    root.read_seconds("check_positions_s", sheet.check_positions, {0, 86'400});
    if (sheet.check_positions.ns > 0 && sheet.fix_version == "4.2")
        root.problem("check_positions_s", "is set; FIX 4.2 has no RequestForPositions, expected 0");
    root.read("market_data", sheet.market_data);
    root.read("mark_price", sheet.mark_price);
    sheet.features = read_features(root);
    read_fields(root, sheet);
    root.finish();
    if (findings.problems.size() > problems_before) return std::nullopt;
    return sheet;
}

}  // namespace penstock::config
