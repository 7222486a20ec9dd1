#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "compliance/tlog/merkle.hpp"
#include "tests/compliance/support/json.hpp"

namespace penstock::compliance::test {

/// Where the published vectors lie: beside the repository, or below $PENSTOCK_REFERENCE_DATA.
std::filesystem::path audit_vectors();
std::string slurp(const std::filesystem::path& file);
/// Every .json file below a folder, sorted.
std::vector<std::filesystem::path> json_files(const std::filesystem::path& folder);
/// The hash in a vector; those that are not 32 bytes long are filled up, so that they differ from any.
Hash hash_of(const Json& base64);
Proof proof_of(const Json& list);

/// A whole tree in memory, as reference.
class MemoryTree final : public NodeReader {
  public:
    void append(std::string_view leaf) { hashes_.push_back(leaf_hash(leaf)); }
    /// Straight from the definition in RFC 6962 section 2.1.
    Hash root(std::uint64_t start, std::uint64_t end) const;
    std::optional<Hash> node(unsigned level, std::uint64_t index) override {
        const std::uint64_t end = (index + 1) << level;
        if (end > hashes_.size()) return std::nullopt;
        return root(index << level, end);
    }
    const Hash& leaf(std::uint64_t index) const { return hashes_[index]; }

  private:
    std::vector<Hash> hashes_;
};

#define PENSTOCK_NEED_VECTORS(name)                                                       \
    if (!std::filesystem::exists(::penstock::compliance::test::audit_vectors() / (name))) \
    GTEST_SKIP() << "no published vectors: " << (name) << " is not in ../shared/data/audit"

}  // namespace penstock::compliance::test
