#include "persistence/journal/newer.hpp"

#include "persistence/journal/format.hpp"

namespace penstock::persistence {
namespace {

std::string use(const std::string& what) {
    return ". Nothing is damaged, and nothing was changed: use a Penstock that reads " + what + ".";
}

}  // namespace

std::string of_other_format(std::uint32_t version) {
    const std::string format = "journal format " + std::to_string(version);
    const std::string who = version > kFormatVersion ? "a newer Penstock" : "another Penstock";
    return "is of " + format + ", which " + who + " wrote; this one reads format " +
           std::to_string(kFormatVersion) + use(format);
}

std::string of_newer_payload(std::uint64_t seq, std::uint16_t version) {
    const std::string needed = "record version " + std::to_string(version);
    return "record " + std::to_string(seq) + " is of " + needed +
           ", which a newer Penstock wrote; this one reads up to version " + std::to_string(kPayloadVersion) +
           use(needed);
}

std::string of_unknown_content(std::uint64_t seq) {
    return "record " + std::to_string(seq) +
           " is whole by its checksum, and this Penstock does not know what it says: a newer one wrote it. "
           "Nothing was changed: use the Penstock that wrote it, or a newer one. If none ever did, the "
           "record was forged.";
}

}  // namespace penstock::persistence
