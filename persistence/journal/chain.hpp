#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "persistence/journal/format.hpp"

struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX

namespace penstock::persistence {

/// The hash chain of one segment, block by block: chain = SHA-256(chain before || bytes of the block).
/// A block ends where a Seal record says so. Not thread-safe.
class Chain {
  public:
    Chain();
    ~Chain();
    Chain(const Chain&) = delete;
    Chain& operator=(const Chain&) = delete;

    /// A block begins at `offset` of the segment.
    void begin(const Digest& before, std::uint64_t offset);
    void add(const char* bytes, std::size_t size);
    /// The seal of everything added since begin.
    SealPayload seal() const;

    const Digest& before() const { return before_; }
    std::uint64_t block_start() const { return start_; }
    std::uint64_t end() const { return end_; }

  private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> running_;
    std::unique_ptr<evp_md_ctx_st, Free> copy_;  // finishing a hash spoils it, so a copy is finished
    Digest before_{};
    std::uint64_t start_ = 0;
    std::uint64_t end_ = 0;
};

}  // namespace penstock::persistence
