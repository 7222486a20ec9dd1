#include "persistence/journal/place.hpp"

#include <algorithm>
#include <cstring>
#include <set>

#include "persistence/journal/chain.hpp"
#include "persistence/journal/disk.hpp"
#include "persistence/journal/segment_names.hpp"

namespace penstock::persistence {

std::optional<std::string> misfit(const JournalPlace& place, const std::filesystem::path& directory,
                                  const Uuid& uuid, const MoreSegments* more) {
    const std::string name = segment_name(place.segment);
    std::set<std::uint64_t> before;
    const auto count = [&](std::uint64_t first) {
        if (first != 0 && first <= place.segment) before.insert(first);
    };
    std::ranges::for_each(segments_in(directory), count);
    if (more != nullptr) std::ranges::for_each(more->list(), count);
    Mapping mapping;
    if (Mapping::map(directory / name, mapping) != 0 &&
        (more == nullptr || more->read(place.segment, mapping)))
        return "the journal has no " + name;
    if (before.size() != place.segments)
        return "the journal has " + std::to_string(before.size()) + " segments up to " + name +
               " instead of " + std::to_string(place.segments);
    const std::string_view bytes = mapping.bytes();
    SegmentHeader header;
    if (bytes.size() < sizeof header || bytes.size() < place.offset || place.block_start > place.offset)
        return name + " is shorter than it was";
    std::memcpy(&header, bytes.data(), sizeof header);
    if (!verifies(header) || header.uuid != uuid || header.first_seq != place.segment)
        return name + " is of another journal";
    Chain chain;
    chain.begin(place.chain_before, place.block_start);
    chain.add(bytes.data() + place.block_start, place.offset - place.block_start);
    if (chain.seal().chain != place.chain)
        return name + " does not hold record " + std::to_string(place.last_seq) + " as it was";
    return std::nullopt;
}

}  // namespace penstock::persistence
