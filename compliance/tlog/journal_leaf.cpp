#include "compliance/tlog/journal_leaf.hpp"

#include <algorithm>
#include <cstring>

#include "compliance/tlog/tiles.hpp"

namespace penstock::compliance {

std::vector<std::string> leaves_of(const persistence::RecordHeader& header, std::string_view payload) {
    using persistence::RecordHeader;
    static_assert(offsetof(RecordHeader, length) == 4 &&
                  offsetof(RecordHeader, batch_index) == 4 + kLeafHead);
    std::string head(kLeafHead, '\0');
    std::memcpy(head.data(), reinterpret_cast<const char*>(&header) + sizeof header.crc, kLeafHead);
    std::vector<std::string> leaves;
    do {
        const std::size_t part = std::min(payload.size(), kMaxEntryBytes - kLeafHead);
        leaves.push_back(head + std::string(payload.substr(0, part)));
        payload.remove_prefix(part);
    } while (!payload.empty());
    return leaves;
}

}  // namespace penstock::compliance
