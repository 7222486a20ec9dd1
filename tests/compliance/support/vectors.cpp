#include "tests/compliance/support/vectors.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "compliance/tlog/base64.hpp"
#include "tests/places.hpp"

namespace penstock::compliance::test {

std::filesystem::path audit_vectors() {
    const char* told = std::getenv("PENSTOCK_REFERENCE_DATA");
    if (told != nullptr) return std::filesystem::path(told) / "audit";
    return std::filesystem::path(tests::source_dir()) / ".." / "shared" / "data" / "audit";
}

std::string slurp(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::filesystem::path> json_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

Hash hash_of(const Json& base64) {
    const auto bytes = from_base64(base64.text);
    Hash hash{};
    if (bytes) std::copy_n(bytes->begin(), std::min(bytes->size(), hash.size()), hash.begin());
    return hash;
}

Proof proof_of(const Json& list) {
    Proof proof;
    for (const Json& item : list.items) proof.push_back(hash_of(item));
    return proof;
}

Hash MemoryTree::root(std::uint64_t start, std::uint64_t end) const {
    if (start == end) return empty_root();
    if (end - start == 1) return hashes_[start];
    const std::uint64_t middle = start + std::bit_floor(end - start - 1);
    return node_hash(root(start, middle), root(middle, end));
}

}  // namespace penstock::compliance::test
