// Any bytes as FIX: cut into frames, indexed, checked, decoded from both sides, redacted. The first byte
// chooses the version.
#include "fix/codec/checksum.hpp"
#include "fix/codec/decode_client.hpp"
#include "fix/codec/decode_list.hpp"
#include "fix/codec/decode_venue.hpp"
#include "fix/codec/frame.hpp"
#include "fix/codec/redact.hpp"
#include "fix/codec/validate.hpp"
#include "tests/fuzz/fix_text.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using namespace penstock;

constexpr std::size_t kMaxBytes = 16'384;
constexpr fix::Version kVersions[] = {fix::Version::Fix42, fix::Version::Fix44, fix::Version::Fix50Sp2};

void read(std::string_view frame, fix::Version version) {
    static fix::MessageIndex index;
    static const oms::IdSpace kIds{*FixedText<2>::from("P1"), 1};
    if (!index.parse(frame)) return;
    for (const fix::FieldRef& field : index.fields())
        fuzz::require(std::size_t{field.offset} + field.length < frame.size(), "a field lies in its frame");
    fuzz::require(fix::byte_sum(frame.substr(0, frame.size() - 7)) ==
                      static_cast<std::uint8_t>(std::stoi(std::string(frame.substr(frame.size() - 4, 3)))),
                  "an indexed message has the right CheckSum(10)");
    static_cast<void>(fix::check(index, version));
    static_cast<void>(
        fix::decode_client(index, {SessionId{1}, version, Timestamp{0}, Duration::seconds(10)}));
    if (index.msg_type() == "E") {
        const fix::ListInputs inputs(index, {SessionId{1}, version, Timestamp{0}, Duration::seconds(10)});
        for (std::uint32_t i = 0; i < inputs.count(); ++i) static_cast<void>(inputs.at(i));
    }
    Text problem;
    static_cast<void>(fix::decode_venue(index, {VenueId{1}, version, kIds}, &problem));
    std::string scratch;
    const std::string_view kept = fix::redacted(index, scratch);
    if (index.find(554))
        fuzz::require(kept.find("\001554=***\x01") != std::string_view::npos, "a password is not kept");
}

}  // namespace

std::vector<std::string> penstock::fuzz::seeds() {
    std::vector<std::string> seeds;
    for (char version = 0; version < 3; ++version)
        for (const std::string& body : bodies()) {
            seeds.push_back(version + body);
            seeds.push_back(version + message({kVersions[static_cast<int>(version)]}, body));
        }
    return seeds;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const fix::Version version = kVersions[data[0] % 3];
    const std::string stream =
        fuzz::stream_of({reinterpret_cast<const char*>(data) + 1, size - 1},
                        [version](const std::string& body) { return fuzz::message({version}, body); });
    std::string_view rest = stream;
    while (true) {
        const fix::FrameScan scan = fix::scan_frame(rest, kMaxBytes);
        fuzz::require(scan.skip + scan.size <= rest.size(), "a frame lies in what was received");
        if (scan.kind == fix::FrameScan::Kind::NeedMore || scan.kind == fix::FrameScan::Kind::TooLarge) break;
        fuzz::require(scan.skip + scan.size > 0, "a scan comes forward");
        if (scan.kind == fix::FrameScan::Kind::Frame) read(rest.substr(scan.skip, scan.size), version);
        rest.remove_prefix(scan.skip + scan.size);
    }
    return 0;
}
