#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "oms/ports/snapshot.hpp"
#include "persistence/journal/format.hpp"

struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX

namespace penstock::persistence {

/// SHA-256, piece by piece.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    void add(std::string_view bytes);
    /// Once, at the end.
    Digest finish();

  private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> running_;
};

/// Writes to a file in large pieces, hashes what it writes, and syncs every now and then: the journal's disk
/// must not have to wait for all of a snapshot at once. After the first error it writes nothing more.
class FileSink final : public oms::ByteSink {
  public:
    FileSink(int fd, std::uint64_t offset) : fd_(fd), offset_(offset) {}
    void write(std::string_view bytes) override;
    /// Of all that was given to it.
    std::uint64_t bytes() const { return bytes_; }
    /// Writes what is still in memory. The hash is complete then. Returns 0 or the errno of the first
    /// failure.
    int flush();
    Sha256& hash() { return hash_; }

  private:
    void put(std::string_view bytes);

    int fd_;
    std::uint64_t offset_;
    std::uint64_t bytes_ = 0;
    std::uint64_t unsynced_ = 0;
    int error_ = 0;
    std::string buffer_;
    Sha256 hash_;
};

}  // namespace penstock::persistence
